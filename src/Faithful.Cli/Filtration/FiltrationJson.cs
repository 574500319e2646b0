using System.Text.Json;
using Faithful.Cli.Output;
using Faithful.Models;

namespace Faithful.Cli.Filtration;

/// <summary>What a filtration found as JSON.</summary>
internal static class FiltrationJson
{
    /// <summary>Writes the list with all that is known of its entries to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">What was found.</param>
    public static void Write(string path, FiltrationResult result) => AtomicFile.Write(path, stream =>
    {
        using (var json = new Utf8JsonWriter(stream, CommandContext.JsonOptions with { Indented = true }))
        {
            json.WriteStartObject();
            WriteSummary(json, result);
            WriteArray(json, "list", result.Missed.Index(), pair => WriteEntry(json, result, pair.Index + 1, pair.Item));
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    });

    /// <summary>Writes all but the entries: properties of an object that is open.</summary>
    /// <param name="json">The document.</param>
    /// <param name="result">What was found.</param>
    public static void WriteSummary(Utf8JsonWriter json, FiltrationResult result)
    {
        FiltrationPlan plan = result.Plan;
        json.WriteString("task", plan.Task.Name);
        json.WriteString("data", plan.Data);
        json.WriteNumber("crystals", plan.Crystals);
        json.WriteNumber("folds", plan.Folds);
        json.WriteNumber("seed", plan.Seed);
        WriteArray(json, "models", result.Models.Zip(result.Accuracies), pair =>
        {
            json.WriteString("model", pair.First);
            WriteNumber(json, "accuracy", pair.Second);
            WriteArray(json, "runs", result.Runs.Where(run => run.Model == pair.First), run =>
            {
                json.WriteString("part", run.Part);
                json.WriteNumber("epochs", run.Epochs);
                WriteNumber(json, "accuracy", run.Accuracy);
            });
        });
        json.WriteNumber("listed", result.Missed.Length);
        WriteNumber(json, "listed_if_independent", result.MissedIfIndependent);
        json.WriteNumber("planted", plan.Planted);
        if (result.RecallOfMissed is RecallPoint missed)
        {
            json.WriteStartObject("planted_in_list");
            WritePoint(json, missed);
            json.WriteEndObject();
            WriteArray(json, "recall", result.Recall, point => WritePoint(json, point));
        }

        WriteArray(json, "elements", result.Elements, frequency => WriteFrequency(json, "element", frequency));
        WriteArray(json, "families", result.Families, frequency => WriteFrequency(json, "family", frequency));
        WriteArray(json, "paper", result.PaperFindings, comparison => WriteComparison(json, comparison));
    }

    private static void WriteEntry(Utf8JsonWriter json, FiltrationResult result, int rank, SuspectEntry suspect)
    {
        CatalogueEntry entry = result.Catalogue.Entries[suspect.Row];
        json.WriteNumber("rank", rank);
        json.WriteString("formula", entry.Formula);
        json.WriteString("id", entry.Id);
        json.WriteNumber("space_group", entry.SpaceGroup);
        json.WriteString("label", result.Task.Classes[suspect.Label]);
        WriteNumber(json, "suspicion", suspect.Suspicion);
        WriteArray(json, "answers", result.Models.Zip(suspect.Answers).Where(pair => pair.Second is not null), pair =>
        {
            json.WriteString("model", pair.First);
            json.WriteString("vote", result.Task.Classes[SuspectEntry.Vote(pair.Second!)]);
            WriteNumber(json, "confidence", pair.Second!.Max());
            WriteNumber(json, "label_probability", pair.Second![suspect.Label]);
        });
        WriteArray(json, "duplicates", result.Catalogue.Duplicates(entry), other => WriteOther(json, result, other));
        WriteArray(json, "neighbors", result.Catalogue.Neighbors(entry, FiltrationResult.NeighborCount), other =>
        {
            WriteOther(json, result, other);
            WriteNumber(json, "distance", entry.Distance(other));
        });
    }

    private static void WriteOther(Utf8JsonWriter json, FiltrationResult result, CatalogueEntry other)
    {
        json.WriteString("formula", other.Formula);
        json.WriteString("id", other.Id);
        json.WriteNumber("space_group", other.SpaceGroup);
        json.WriteString("label", result.Task.Classes[other.Label]);
    }

    private static void WritePoint(Utf8JsonWriter json, RecallPoint point)
    {
        json.WriteNumber("length", point.Length);
        json.WriteNumber("found", point.Found);
        WriteNumber(json, "recall", point.Recall);
        json.WriteStartArray("interval");
        json.WriteNumberValue(Math.Round(point.Interval.Low, 6));
        json.WriteNumberValue(Math.Round(point.Interval.High, 6));
        json.WriteEndArray();
        WriteNumber(json, "precision_at_least", point.PrecisionAtLeast);
        WriteNumber(json, "false_positive_rate_at_most", point.FalsePositivesAtMost);
        if (point.WrongAtMost is double wrong)
        {
            WriteNumber(json, "wrong_labels_at_most", wrong);
        }
    }

    private static void WriteFrequency(Utf8JsonWriter json, string name, Frequency frequency)
    {
        json.WriteString(name, frequency.Name);
        json.WriteNumber("listed", frequency.Listed);
        json.WriteNumber("in_catalogue", frequency.InCatalogue);
        WriteNumber(json, "enrichment", frequency.Enrichment);
    }

    private static void WriteComparison(Utf8JsonWriter json, PaperComparison comparison)
    {
        json.WriteString("formula", comparison.Finding.Formula);
        json.WriteString("group", comparison.Finding.Group);
        json.WriteString("outcome", comparison.Outcome);
        WriteArray(json, "entries", comparison.Entries, found =>
        {
            json.WriteString("id", found.Entry.Id);
            json.WriteNumber("space_group", found.Entry.SpaceGroup);
            json.WriteNumber("rank", found.Rank);
            json.WriteBoolean("listed", found.IsListed);
        });
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
