using System.Text;
using System.Text.Json;
using Faithful.Datasets.Purification;
using Faithful.Models;

namespace Faithful.Cli.Output;

/// <summary>The file that names every crystal that purification has removed or changed, in the order of the input.</summary>
internal static class PurificationReport
{
    private static readonly string[] Columns = ["label", "id", "origin", "action", "rule", "reason", "kept_as", "duplicates"];

    /// <summary>Writes the file, which appears only when it is complete.</summary>
    /// <param name="path">The file: CSV when its name ends in <c>.csv</c>, else JSON lines.</param>
    /// <param name="results">One result a label.</param>
    public static void Write(string path, IReadOnlyList<PurificationResult> results) => AtomicFile.Write(path, stream =>
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            WriteTable(stream, results);
        }
        else
        {
            WriteLines(stream, results);
        }
    });

    private static void WriteLines(Stream stream, IReadOnlyList<PurificationResult> results)
    {
        using var json = new Utf8JsonWriter(stream, CommandContext.JsonOptions);
        foreach ((string? label, RemovedCrystal? removed, ChangedCrystal? changed) in Rows(results))
        {
            json.WriteStartObject();
            json.WriteString("label", label);
            json.WriteString("id", removed?.Id ?? changed!.Id);
            json.WriteString("origin", removed?.Origin ?? changed!.Origin);
            json.WriteString("action", removed is null ? "changed" : "removed");
            json.WriteString("rule", removed?.Rule ?? changed!.Rule);
            json.WriteString("reason", removed?.Reason ?? changed!.Change);
            if (removed?.Duplicates.Length > 0)
            {
                json.WriteString("kept_as", removed.KeptAs);
                json.WriteStartArray("duplicates");
                foreach (string id in removed.Duplicates)
                {
                    json.WriteStringValue(id);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.Flush();
            stream.Write("\n"u8);
            json.Reset();
        }
    }

    private static void WriteTable(Stream stream, IReadOnlyList<PurificationResult> results)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', Columns));
        foreach ((string? label, RemovedCrystal? removed, ChangedCrystal? changed) in Rows(results))
        {
            string[] cells = removed is not null
                ? [label ?? "", removed.Id, removed.Origin, "removed", removed.Rule, removed.Reason, removed.KeptAs ?? "", string.Join(';', removed.Duplicates)]
                : [label ?? "", changed!.Id, changed.Origin, "changed", changed.Rule, changed.Change, "", ""];
            writer.WriteLine(string.Join(',', cells.Select(Quote)));
        }
    }

    private static IEnumerable<(string? Label, RemovedCrystal? Removed, ChangedCrystal? Changed)> Rows(IReadOnlyList<PurificationResult> results)
    {
        foreach (PurificationResult result in results)
        {
            foreach (RemovedCrystal removed in result.Removed)
            {
                yield return (result.Label, removed, null);
            }

            foreach (ChangedCrystal changed in result.Changed)
            {
                yield return (result.Label, null, changed);
            }
        }
    }

    // RFC 4180.
    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
