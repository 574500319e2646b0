using System.Globalization;
using System.Text.Json;
using Faithful.Models.Metrics;

namespace Faithful.Cli.Evaluation;

/// <summary>Writes evaluations for programs. A number that does not exist, such as the precision of a class that is never answered, is null.</summary>
internal static class EvaluationJson
{
    /// <summary>Writes one evaluation.</summary>
    /// <param name="json">Takes the object.</param>
    /// <param name="result">The evaluation.</param>
    /// <param name="details">Its details.</param>
    public static void Write(Utf8JsonWriter json, EvaluationResult result, EvaluationDetails details)
    {
        json.WriteStartObject();
        json.WriteString("task", result.Task);
        json.WriteString("model", result.Model);
        if (result.Method is string method)
        {
            json.WriteString("method", method);
        }

        if (result.Members.Count > 0)
        {
            json.WriteStartArray("members");
            foreach (string member in result.Members)
            {
                json.WriteStringValue(member);
            }

            json.WriteEndArray();
        }

        json.WriteString("part", EvaluationRows.Name(result.Part));
        json.WriteNumber("n", result.Count);
        json.WriteNumber("fallback", result.Fallbacks);
        WriteMetrics(json, "metrics", result.Quality);
        json.WriteStartObject("interval");
        foreach ((string metric, (double, double) bounds) in result.Quality.Intervals)
        {
            WriteInterval(json, metric, bounds);
        }

        json.WriteEndObject();
        WriteMetrics(json, "baseline", result.Baseline);
        if (result.SpaceGroupTable is Measurement table)
        {
            WriteMetrics(json, "space_group_table", table);
        }

        WriteClasses(json, details);
        string metricName = details.Answers.IsClassification ? "accuracy" : "mae";
        WriteBreakdown(json, "by_element", "element", metricName, details.ByElement);
        WriteBreakdown(json, "by_crystal_system", "crystal_system", metricName, details.ByCrystalSystem);
        WriteBreakdown(json, "by_atoms", "atoms", metricName, details.ByAtoms);
        if (details.ByRarestElement.Count > 0)
        {
            WriteBreakdown(json, "by_rarest_element", "training_crystals_of_rarest_element", metricName, details.ByRarestElement);
        }

        json.WriteEndObject();
    }

    private static void WriteClasses(Utf8JsonWriter json, EvaluationDetails details)
    {
        if (!details.Answers.IsClassification)
        {
            return;
        }

        json.WriteStartArray("classes");
        foreach ((string name, ClassMetrics metrics) in details.Answers.Task.Classes.Zip(details.Classes))
        {
            json.WriteStartObject();
            json.WriteString("class", name);
            json.WriteNumber("support", metrics.Support);
            json.WriteNumber("predicted", metrics.Predicted);
            WriteNumber(json, "precision", metrics.Precision);
            WriteNumber(json, "recall", metrics.Recall);
            WriteNumber(json, "f1", metrics.F1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("confusion");
        for (int truth = 0; truth < details.Classes.Count; truth++)
        {
            // A row a line, also where the document is indented: with 230 space groups it would have 53,000 lines.
            int row = truth;
            IEnumerable<string> counts = Enumerable.Range(0, details.Classes.Count)
                .Select(answered => details.Confusion[row, answered].ToString(CultureInfo.InvariantCulture));
            json.WriteRawValue($"[{string.Join(',', counts)}]");
        }

        json.WriteEndArray();
        json.WriteStartArray("reliability");
        foreach (ReliabilityBin bin in details.Reliability)
        {
            json.WriteStartObject();
            json.WriteNumber("from", Round(bin.Low));
            json.WriteNumber("to", Round(bin.High));
            json.WriteNumber("n", bin.Count);
            json.WriteNumber("confidence", Round(bin.Confidence));
            json.WriteNumber("accuracy", Round(bin.Accuracy));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBreakdown(Utf8JsonWriter json, string name, string key, string metric, IReadOnlyList<BreakdownGroup> groups)
    {
        json.WriteStartArray(name);
        foreach (BreakdownGroup group in groups)
        {
            json.WriteStartObject();
            json.WriteString(key, group.Name);
            json.WriteNumber("n", group.Count);
            if (group.Training is int training)
            {
                json.WriteNumber("training", training);
            }

            json.WriteNumber(metric, Round(group.Quality));
            WriteInterval(json, "interval", group.Interval);
            json.WriteNumber("baseline", Round(group.Baseline));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter json, string name, Measurement measurement)
    {
        json.WriteStartObject(name);
        foreach ((string metric, double value) in measurement.Metrics.Where(pair => double.IsFinite(pair.Value)))
        {
            json.WriteNumber(metric, Round(value));
        }

        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, (double Low, double High) bounds)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(Round(bounds.Low));
        json.WriteNumberValue(Round(bounds.High));
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Round(value));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static double Round(double value) => Math.Round(value, 6);
}
