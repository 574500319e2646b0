using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>Labels that stand in place of those of the data: a CSV file with the columns id and label, a label being a class of the task.</summary>
internal sealed class ReplacedLabels
{
    /// <summary>The column of the label.</summary>
    public const string Column = "label";

    private readonly LabelTable _table;

    private ReplacedLabels(LabelTable table, string sha256) => (_table, Sha256) = (table, sha256);

    /// <summary>Gets the file.</summary>
    public string Path => _table.Source;

    /// <summary>Gets the SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Gets the number of labels.</summary>
    public int Count => _table.Rows.Length;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="LabelException">The file has no column of labels.</exception>
    /// <exception cref="Crystals.Formats.CrystalFormatException">The file is no table.</exception>
    public static ReplacedLabels Read(string path)
    {
        LabelTable table = LabelTable.Read(path);
        return table.Columns.Contains(Column)
            ? new ReplacedLabels(table, ContentDigest.OfPath(path))
            : throw new LabelException(Column, $"the column {Column} in {path}", string.Join(", ", table.Columns));
    }

    /// <summary>Puts the labels in the place of those of some rows.</summary>
    /// <param name="rows">The rows, with every crystal of the file among them.</param>
    /// <param name="task">The classification that the labels are classes of.</param>
    /// <returns>The rows in their order.</returns>
    /// <exception cref="LabelException">The file names a crystal that is no row, or a class that the task does not have.</exception>
    public IEnumerable<PackedRow> Apply(IReadOnlyList<PackedRow> rows, LearningTask task)
    {
        HashSet<string> known = [.. rows.Select(row => row.Labels.Id)];
        return _table.Rows.FirstOrDefault(row => !known.Contains(row.Id)) is LabelRow unknown
            ? throw new LabelException(Column, "crystals of the data with a label to replace", "one that the data does not have", unknown.Id, unknown.Origin)
            : rows.Select(row => _table.TryFind(row.Labels.Id, out LabelRow? replaced) ? row with { Target = Target.OfClass(Class(replaced, task)) } : row);
    }

    private static int Class(LabelRow row, LearningTask task) => task.Classes.IndexOf(row.Labels.GetValueOrDefault(Column, "")) is int index and >= 0
        ? index
        : throw new LabelException(
            Column, $"one of the classes {string.Join(", ", task.Classes)}", $"\"{row.Labels.GetValueOrDefault(Column, "")}\"", row.Id, row.Origin);
}
