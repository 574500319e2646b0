using System.Text.Json;
using Faithful.Crystals.Symmetry;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Service.Responses;

/// <summary>The answer for one structure: its predictions, or what is wrong with it.</summary>
internal sealed class PredictResult
{
    /// <summary>Gets the identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what is wrong; null when the structure was predicted.</summary>
    public ProblemException? Problem { get; init; }

    /// <summary>Gets the crystal; null where there is a problem.</summary>
    public ServedCrystal? Crystal { get; init; }

    /// <summary>Gets the symmetry, where the request asks for the crystal and it has one.</summary>
    public CrystalSymmetry? Symmetry { get; init; }

    /// <summary>Gets the predictions with the models that made them; empty where there is a problem.</summary>
    public IReadOnlyList<(ServedPredictor Model, Prediction Prediction)> Predictions { get; init; } = [];

    /// <summary>Writes the result as an object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="withCrystal">Whether the crystal is written, for drawing it.</param>
    public void Write(Utf8JsonWriter json, bool withCrystal)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        if (Problem is not null)
        {
            json.WritePropertyName("error");
            ProblemJson.Write(json, Problem);
            json.WriteEndObject();
            return;
        }

        Crystals.Crystal crystal = Crystal!.Record.Crystal;
        json.WriteString("formula", crystal.ReducedFormula);
        json.WriteNumber("atoms", crystal.Count);
        json.WriteStartArray("warnings");
        foreach (string warning in Crystal.Record.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        if (withCrystal)
        {
            json.WritePropertyName("crystal");
            CrystalJson.Write(json, crystal, Symmetry);
        }

        json.WriteStartObject("predictions");
        foreach ((ServedPredictor model, Prediction prediction) in Predictions)
        {
            json.WritePropertyName(model.Name);
            PredictionJson.Write(json, prediction, model.Task);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
