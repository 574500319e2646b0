using System.Globalization;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Gives the crystals of a CIF their ids.</summary>
/// <param name="source">The file as the caller named it.</param>
/// <param name="id">The id of the file.</param>
internal sealed class CifNames(string source, string id)
{
    private static readonly Dictionary<string, string> NoLabels = [];

    private readonly HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
    private int index;

    public CrystalReadResult OfOne(CifEntry entry) => Result(entry, id, source);

    public CrystalReadResult OfSeveral(CifEntry entry)
    {
        index++;
        if (entry.Block is not { } block)
        {
            return Result(entry, id, source);
        }

        var name = block.Name.Length == 0 ? index.ToString(CultureInfo.InvariantCulture) : WithoutControls(block.Name);
        if (!used.Add(name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{name}({index})");
            used.Add(name);
        }

        return Result(entry, $"{id}#{name}", string.Create(CultureInfo.InvariantCulture, $"{source}({block.Line})"));
    }

    // An id is printed: nothing in it that a terminal would obey.
    private static string WithoutControls(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '_' : letter));

    private static CrystalReadResult Result(CifEntry entry, string name, string origin)
    {
        if (entry.Crystal is null)
        {
            return CrystalReadResult.Failure(entry.Error!);
        }

        var block = entry.Block!;
        var ownName = block.Value(CifItem.FaithfulId);
        return CrystalReadResult.Success(new(
            ownName is null ? name : CifText.Unfold(ownName.Value),
            entry.Crystal,
            block.Labels.Count > 0 ? block.Labels : NoLabels,
            origin)
        {
            Warnings = block.Warnings.Count > 0 ? block.Warnings : [],
        });
    }
}
