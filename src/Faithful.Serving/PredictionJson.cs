using System.Text.Json;
using Faithful.Models;

namespace Faithful.Serving;

/// <summary>The JSON form of a prediction, in the program and in the service.</summary>
public static class PredictionJson
{
    /// <summary>Writes one prediction as an object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="task">Its task, which names the classes and the unit.</param>
    public static void Write(Utf8JsonWriter json, Prediction prediction, ModelTask task)
    {
        json.WriteStartObject();
        json.WriteString("id", prediction.Id);
        json.WriteString("task", prediction.Task);
        json.WriteString("model", prediction.Model);
        if (prediction.Value is double value)
        {
            json.WriteNumber("value", (float)value); // computed in float32: further digits would be noise
            json.WriteString("unit", task.Unit);
            if (prediction is { HalfWidth: double half, Coverage: double coverage })
            {
                json.WriteNumber("half_width", (float)half);
                json.WriteNumber("coverage", coverage);
            }
        }
        else
        {
            json.WriteString("class", prediction.Class);
            json.WriteStartObject("probabilities");
            for (int i = 0; i < prediction.Probabilities.Count; i++)
            {
                json.WriteNumber(task.Classes[i], (float)prediction.Probabilities[i]);
            }

            json.WriteEndObject();
            json.WriteNumber("confidence", (float)prediction.Confidence.GetValueOrDefault());
        }

        if (prediction.IsCalibrated)
        {
            json.WriteBoolean("calibrated", true);
        }

        if (prediction.Disagreement is double disagreement)
        {
            json.WriteNumber("disagreement", (float)disagreement);
        }

        json.WriteBoolean("fallback", prediction.IsFallback);
        json.WriteStartArray("warnings");
        foreach (string warning in prediction.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
