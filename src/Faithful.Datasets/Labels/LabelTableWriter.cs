using CsvHelper;

namespace Faithful.Datasets;

/// <summary>Writes a <see cref="LabelTable"/> as text: UTF-8 without a byte order mark, lines that end with LF.</summary>
internal static class LabelTableWriter
{
    /// <summary>Writes a table.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="table">The table.</param>
    /// <param name="idColumn">The name of the column of ids; null for <c>id</c>.</param>
    /// <param name="delimiter">What separates fields.</param>
    public static void Write(Stream stream, LabelTable table, string? idColumn, char delimiter)
    {
        var options = new CsvWriterOptions { Separator = delimiter, NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };
        using var csv = CsvWriter.Create(stream, options, leaveOpen: true);
        csv.WriteField(idColumn ?? LabelColumns.DefaultId);
        foreach (var column in table.Columns)
        {
            csv.WriteField(column);
        }

        csv.EndRecord();
        foreach (var row in table.Rows)
        {
            csv.WriteField(row.Id);
            foreach (var column in table.Columns)
            {
                csv.WriteField(row.Labels.GetValueOrDefault(column, ""));
            }

            csv.EndRecord();
        }
    }
}
