using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>How labels and crystals fitted together.</summary>
/// <param name="Source">The file of labels.</param>
/// <param name="Columns">Its columns of labels.</param>
/// <param name="Joined">The number of ids that have both labels and a crystal.</param>
/// <param name="IdsWithoutStructure">The ids of the file for which there is no crystal, in the order of the file.</param>
/// <param name="StructuresWithoutLabel">The ids of the crystals that the file does not name, in the order of the crystals.</param>
/// <param name="Conflicts">The crystals whose own labels say otherwise than the file; they are left out.</param>
public sealed record LabelJoinReport(
    string Source,
    ImmutableArray<string> Columns,
    int Joined,
    ImmutableArray<string> IdsWithoutStructure,
    ImmutableArray<string> StructuresWithoutLabel,
    ImmutableArray<CrystalFormatException> Conflicts)
{
    private const int Shown = 3; // ids in a line

    /// <summary>Checks that some id fitted: a file of labels of which none does belongs to other data or spells ids otherwise.</summary>
    /// <exception cref="CrystalFormatException">There are ids and crystals, and none has the id of another.</exception>
    public void RequireMatch()
    {
        if (Joined == 0 && IdsWithoutStructure is [var id, ..] && StructuresWithoutLabel is [var structure, ..])
        {
            throw new CrystalFormatException(Source, 0, $"ids of the crystals, such as \"{structure}\"", $"none of them; the first id is \"{id}\"");
        }
    }

    /// <summary>Writes the report as one line.</summary>
    /// <returns>
    /// For example <c>labels.csv: tqc, band_gap joined to 40 crystals; 2 ids without a structure (mp-1, mp-2)</c>.
    /// </returns>
    public override string ToString()
    {
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"{Source}: {string.Join(", ", Columns)} joined to {Joined} crystals")];
        if (!IdsWithoutStructure.IsEmpty)
        {
            parts.Add($"{IdsWithoutStructure.Length} ids without a structure ({Some(IdsWithoutStructure)})");
        }

        if (!StructuresWithoutLabel.IsEmpty)
        {
            parts.Add($"{StructuresWithoutLabel.Length} structures without a label ({Some(StructuresWithoutLabel)})");
        }

        if (!Conflicts.IsEmpty)
        {
            parts.Add($"{Conflicts.Length} structures left out whose own labels differ");
        }

        return string.Join("; ", parts);
    }

    private static string Some(ImmutableArray<string> ids) =>
        ids.Length > Shown ? $"{string.Join(", ", ids.Take(Shown))}, …" : string.Join(", ", ids);
}
