using System.Security.Cryptography;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;

namespace Faithful.Cli.Tables;

/// <summary>The folders of models and ensembles that the user named, by the cell that each fills.</summary>
internal sealed class GivenModels
{
    private readonly Dictionary<TableCell, string> _folders = [];

    /// <summary>Gets the number of folders that cannot be used.</summary>
    public int Faults { get; private set; }

    /// <summary>Reads the cards of the folders.</summary>
    /// <param name="context">Where folders that cannot be used are reported.</param>
    /// <param name="request">What was asked for; folders for other tasks, models and presets are passed over.</param>
    /// <param name="splits">The splits; a model belongs to the one that it was trained on.</param>
    /// <returns>The folders.</returns>
    /// <exception cref="UsageException">Two folders are for one cell.</exception>
    public static GivenModels Read(CommandContext context, TablesRequest request, IReadOnlyList<TableSplit> splits)
    {
        var models = new GivenModels();
        foreach (string folder in request.ModelFolders)
        {
            try
            {
                models.Add(context, request, splits, folder);
            }
            catch (ModelFolderException fault)
            {
                models.Faults++;
                context.LogError(fault.Message);
            }
        }

        return models;
    }

    /// <summary>Finds the folder for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The folder, or null.</returns>
    public string? Find(TableCell cell) => _folders.GetValueOrDefault(cell);

    /// <summary>Gets the SHA-256 of the card of a model or of an ensemble, which names the hashes of everything else.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Lower-case hexadecimal.</returns>
    public static string DigestOf(string folder) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(
        Path.Combine(folder, EnsembleCard.IsIn(folder) ? EnsembleCard.FileName : ModelCard.FileName))));

    private void Add(CommandContext context, TablesRequest request, IReadOnlyList<TableSplit> splits, string folder)
    {
        bool isEnsemble = EnsembleCard.IsIn(folder);
        ModelCard[] cards = isEnsemble ? [.. EnsembleFolder.Read(folder).Members.Select(member => member.Card)] : [ModelCard.Read(folder)];
        (string task, string model, string? preset) = (cards[0].Task.Name, isEnsemble ? EnsembleCard.ModelName : cards[0].Model, isEnsemble ? null : cards[0].Preset);
        if (!request.Tasks.Contains(task) || !request.Rows.Any(row => row.Model == model && row.Preset == preset))
        {
            context.Log($"{RepositoryRoot.Display(folder)}: {task}, {model}{(preset is null ? "" : $" ({preset})")} is not asked for");
            return;
        }

        // Whatever the bytes of the source: the digest of a split tells which ids were held back.
        if (splits.FirstOrDefault(split => cards.All(card => card.Training.SplitSha256 == split.Sha256)) is not TableSplit split)
        {
            Faults++;
            context.LogError(
                $"{RepositoryRoot.Display(folder)}: expected a model trained on a split of these tables ({string.Join(", ", splits.Select(split => split.FilePath))}), " +
                $"found one of {cards[0].Training.Data}, which may have seen the held-back crystals");
            return;
        }

        var cell = new TableCell(split.Name, task, model, preset);
        if (!_folders.TryAdd(cell, folder))
        {
            throw new UsageException($"--model: expected one folder for {cell.Name}, found {_folders[cell]} and {folder}");
        }
    }
}
