using System.Text.Json;
using Faithful.Datasets.Purification;

namespace Faithful.Cli.Output;

/// <summary>The JSON document of <c>dataset purify</c>.</summary>
internal static class PurificationJson
{
    /// <summary>Writes one document, or an array with one for each of several labels.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="results">One result or more.</param>
    /// <param name="errors">The number of crystals that could not be read.</param>
    /// <param name="seconds">The time of reading and purifying, which all results share.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PurificationResult> results, int errors, double seconds)
    {
        if (results.Count > 1)
        {
            json.WriteStartArray();
        }

        foreach (PurificationResult result in results)
        {
            Write(json, result, errors, seconds);
        }

        if (results.Count > 1)
        {
            json.WriteEndArray();
        }
    }

    private static void Write(Utf8JsonWriter json, PurificationResult result, int errors, double seconds)
    {
        json.WriteStartObject();
        json.WriteString("label", result.Label);
        json.WriteNumber("read", result.Read);
        json.WriteNumber("labelled", result.Labelled);
        json.WriteNumber("errors", errors);
        json.WriteNumber("kept", result.Kept.Length);
        json.WriteNumber("kept_labelled", result.KeptLabelled);
        json.WriteNumber("changed", result.Changed.Length);
        json.WriteStartObject("removed");
        foreach (RuleSummary rule in result.Rules)
        {
            json.WriteNumber(rule.Rule, rule.Removed);
        }

        json.WriteEndObject();
        json.WriteStartArray("rules");
        foreach (RuleSummary rule in result.Rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Rule);
            json.WriteString("because", rule.Explanation);
            json.WriteNumber("removed", rule.Removed);
            json.WriteNumber("disagreeing", rule.Contradictions);
            json.WriteNumber("materials", rule.Materials);
            json.WriteNumber("changed", rule.Changed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("space_group_labels", result.SpaceGroupLabelsCompared);
        json.WriteStartArray("space_group_label_differs");
        foreach (SpaceGroupDifference difference in result.SpaceGroupLabelDiffers)
        {
            json.WriteStartObject();
            json.WriteString("id", difference.Id);
            json.WriteString("label", difference.Label);
            json.WriteNumber("found", difference.Found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("seconds", seconds);
        json.WriteEndObject();
    }
}
