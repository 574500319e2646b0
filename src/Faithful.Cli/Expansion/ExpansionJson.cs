using System.Text.Json;
using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Cli.Expansion;

/// <summary>The results of an expansion as JSON.</summary>
internal static class ExpansionJson
{
    /// <summary>Writes the result of a set.</summary>
    /// <param name="json">The document.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="crystals">The number of crystals.</param>
    /// <param name="models">One result a model.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<double> factors, int crystals, IReadOnlyList<ModelExpansion> models)
    {
        json.WriteStartObject();
        json.WriteNumber("crystals", crystals);
        Numbers(json, "factors", factors);
        json.WriteStartArray("models");
        foreach (ModelExpansion model in models)
        {
            json.WriteStartObject();
            json.WriteString("task", model.Task);
            json.WriteString("model", model.Model);
            json.WriteString("folder", model.Folder);
            json.WriteString("atomic_limit", model.Classes[model.Limit]);
            json.WriteNumber("n", model.All.Crystals);
            json.WriteNumber("fallback", model.Fallbacks);
            Group(json, "all", model.All);
            Group(json, "predicted_topological", model.Predicted);
            Group(json, "labelled_topological", model.Labelled);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the result of one crystal.</summary>
    /// <param name="json">The document.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="record">The crystal.</param>
    /// <param name="models">One result a model.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<double> factors, CrystalRecord record, IReadOnlyList<CrystalExpansion> models)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        json.WriteString("formula", record.Crystal.ReducedFormula);
        Numbers(json, "factors", factors);
        json.WriteStartArray("models");
        foreach (CrystalExpansion model in models)
        {
            json.WriteStartObject();
            json.WriteString("task", model.Task.Name);
            json.WriteString("model", model.Model);
            json.WriteString("folder", model.Name);
            json.WriteBoolean("fallback", model.Predictions[0].IsFallback);
            if (model.Task.Kind == TaskKind.Regression)
            {
                Numbers(json, "values", model.Predictions.Select(prediction => prediction.Value ?? double.NaN));
            }
            else
            {
                json.WriteStartArray("classes");
                foreach (Prediction prediction in model.Predictions)
                {
                    json.WriteStringValue(prediction.Class);
                }

                json.WriteEndArray();
                json.WriteStartObject("probabilities");
                foreach ((int index, string name) in model.Task.Classes.Index())
                {
                    Numbers(json, name, model.Predictions.Select(prediction => prediction.Probabilities[index]));
                }

                json.WriteEndObject();
            }

            if (model.Turns is int turns)
            {
                json.WriteNumber("trivial_from", factors[turns]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter json, string name, ExpansionGroup group)
    {
        json.WriteStartObject(name);
        json.WriteNumber("crystals", group.Crystals);
        json.WriteNumber("turned", group.Turned);
        if (group.Crystals > 0)
        {
            Numbers(json, "trivial", group.Trivial());
        }

        if (group.MedianFactor is double median)
        {
            json.WriteNumber("median_factor", median);
        }

        if (group.Quantile(0.99) is double almostAll)
        {
            json.WriteNumber("factor_of_99_percent", almostAll);
        }

        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberValue(Math.Round(number, 6));
        }

        json.WriteEndArray();
    }
}
