using System.Security.Cryptography;
using System.Text;
using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Serving;

/// <summary>The folder of an ensemble, and those of its members.</summary>
public static class EnsembleFolder
{
    /// <summary>Reads an ensemble and the cards of its members, and checks that they are those that it was fitted with.</summary>
    /// <param name="folder">The folder that holds <c>ensemble.json</c>.</param>
    /// <returns>The ensemble, and folder and card of each member.</returns>
    /// <exception cref="ModelFolderException">The ensemble is bad, or a member is missing, altered, of another task, or an ensemble itself.</exception>
    public static (EnsembleCard Ensemble, IReadOnlyList<(string Folder, ModelCard Card)> Members) Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Read(folder, ModelCard.Read);
    }

    /// <summary>As <see cref="Read(string)"/>.</summary>
    /// <param name="folder">The folder that holds <c>ensemble.json</c>.</param>
    /// <param name="readCard">Reads the card of a model folder.</param>
    /// <returns>The ensemble, and folder and card of each member.</returns>
    internal static (EnsembleCard Ensemble, IReadOnlyList<(string Folder, ModelCard Card)> Members) Read(string folder, Func<string, ModelCard> readCard)
    {
        string path = Path.Combine(folder, EnsembleCard.FileName);
        if (File.Exists(Path.Combine(folder, ModelCard.FileName)))
        {
            throw new ModelFolderException(folder, $"{ModelCard.FileName} of a model or {EnsembleCard.FileName} of an ensemble", "both");
        }

        EnsembleCard ensemble = EnsembleCard.Read(folder);
        return (ensemble, [.. ensemble.Members.Select(member => ReadMember(folder, path, ensemble, member, readCard))]);
    }

    /// <summary>Names a model folder as a member of an ensemble.</summary>
    /// <param name="folder">The folder of the ensemble.</param>
    /// <param name="member">The model folder.</param>
    /// <returns>The member, without a calibration.</returns>
    /// <exception cref="ModelFolderException">The folder is not that of a model.</exception>
    /// <exception cref="ArgumentException">There is no relative path from the one to the other.</exception>
    public static EnsembleMember Member(string folder, string member)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(member);
        CheckNoEnsemble(member, member);
        string relative = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(member));
        return Path.IsPathRooted(relative)
            ? throw new ArgumentException($"expected an ensemble on the same drive as its member {member}, found {folder}", nameof(folder))
            : new EnsembleMember { Folder = relative.Replace('\\', '/'), CardSha256 = Digest(ModelCard.Read(member)) };
    }

    /// <summary>Says how the task of a model differs from another.</summary>
    /// <param name="expected">A task.</param>
    /// <param name="found">The other.</param>
    /// <returns>For example <c>has other classes</c>; null when they differ in nothing but the order of the classes.</returns>
    public static string? Difference(ModelTask expected, ModelTask found)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(found);
        return found.Name != expected.Name ? $"has another task ({found.Name})"
            : found.Kind != expected.Kind ? "is another kind of task"
            : found.Unit != expected.Unit ? "has another unit"
            : !found.Classes.Order(StringComparer.Ordinal).SequenceEqual(expected.Classes.Order(StringComparer.Ordinal)) ? "has other classes"
            : null;
    }

    private static (string Folder, ModelCard Card) ReadMember(
        string folder, string path, EnsembleCard ensemble, EnsembleMember member, Func<string, ModelCard> readCard)
    {
        string memberFolder = Path.GetFullPath(Path.Combine(folder, member.Folder));
        CheckNoEnsemble(path, memberFolder);
        ModelCard card = readCard(memberFolder);
        string digest = Digest(card);
        if (digest != member.CardSha256)
        {
            throw new ModelFolderException(
                Path.Combine(memberFolder, ModelCard.FileName),
                $"the card that {path} was fitted with (SHA-256 {Shorten(member.CardSha256)})",
                $"another one ({Shorten(digest)}); fit the ensemble anew");
        }

        return Difference(ensemble.Task, card.Task) is string difference
            ? throw new ModelFolderException(path, $"members for the task {ensemble.Task.Name} and its classes", $"{member.Folder}, which {difference}")
            : (memberFolder, card);
    }

    private static void CheckNoEnsemble(string origin, string member)
    {
        if (EnsembleCard.IsIn(member))
        {
            throw new ModelFolderException(origin, "models as members", $"an ensemble ({member})");
        }
    }

    /// <summary>The SHA-256 of a card without what was measured: a measurement that is added to it changes no answer.</summary>
    private static string Digest(ModelCard card) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((card with { Metrics = new Dictionary<string, IReadOnlyDictionary<string, double>>() }).ToJson())));

    private static string Shorten(string digest) => digest.Length > 12 ? digest[..12] + "…" : digest;
}
