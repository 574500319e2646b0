using System.Text.Json;

namespace Faithful.Cli.Tables;

/// <summary>The tables as JSON: an entry for each possible cell, with its result where there is one.</summary>
internal static class TablesJson
{
    /// <summary>Writes the document.</summary>
    /// <param name="json">The document.</param>
    /// <param name="report">The results.</param>
    public static void Write(Utf8JsonWriter json, TablesReport report)
    {
        json.WriteStartObject();
        json.WriteString("data", report.Any?.Data);
        json.WriteString("data_sha256", report.Any?.DataSha256);
        json.WriteStartArray("splits");
        foreach (string split in report.Splits)
        {
            json.WriteStringValue(split);
        }

        json.WriteEndArray();
        json.WriteStartArray("cells");
        foreach ((TableCell cell, TableRow row, CellResult? result) in report.Cells)
        {
            json.WriteStartObject();
            json.WriteNumber("table", PaperTable.All.First(table => table.Columns.Any(column => column.Task == cell.Task)).Number);
            json.WriteString("split", cell.Split);
            json.WriteString("task", cell.Task);
            json.WriteString("model", cell.Model);
            json.WriteString("preset", cell.Preset);
            json.WriteString("row", row.Title);
            if (PaperTable.Column(cell.Task).Find(cell.Model) is double theirs)
            {
                json.WriteNumber("paper", theirs);
            }

            json.WriteBoolean("measured", result is not null);
            if (result is not null)
            {
                json.WritePropertyName("result");
                result.Write(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
