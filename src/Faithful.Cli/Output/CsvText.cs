namespace Faithful.Cli.Output;

/// <summary>Text as a cell of a CSV file (RFC 4180).</summary>
internal static class CsvText
{
    /// <summary>Puts text in quotes where it must be.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The cell.</returns>
    public static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Reads the first cell of a row.</summary>
    /// <param name="row">A row without line breaks in its cells.</param>
    /// <returns>The text of the cell.</returns>
    public static string FirstCell(string row)
    {
        if (!row.StartsWith('"'))
        {
            return row.Split(',', 2)[0];
        }

        int end = 1;
        while (end < row.Length && (row[end] != '"' || (end + 1 < row.Length && row[end + 1] == '"')))
        {
            end += row[end] == '"' ? 2 : 1;
        }

        return row[1..Math.Min(end, row.Length)].Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}
