using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests;

/// <summary>The row of a table with two columns, as Model Builder writes such types.</summary>
internal sealed class TableRow
{
    [LoadColumn(0)]
    public string Id { get; set; } = "";

    [LoadColumn(1)]
    public string Structure { get; set; } = "";

    /// <summary>Writes a table without quotes: line breaks of a structure are written <c>\n</c>.</summary>
    public static string Table(char separator, IEnumerable<CrystalInput> rows) => string.Concat(
        rows.Select(row => $"{row.Id}{separator}{row.Structure.ReplaceLineEndings("\\n")}\n").Prepend($"Id{separator}Structure\n"));
}
