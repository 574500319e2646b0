using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Output;

/// <summary>Writes predictions as one JSON array on standard output.</summary>
/// <param name="output">Where to.</param>
/// <param name="predictors">The models.</param>
internal sealed class PredictionJsonOutput(TextWriter output, IReadOnlyList<CrystalPredictor> predictors) : IPredictionOutput, IDisposable
{
    private readonly JsonArray _array = new(output);

    /// <inheritdoc/>
    public void Add(CrystalRecord record, IReadOnlyList<Prediction> predictions)
    {
        for (int i = 0; i < predictions.Count; i++)
        {
            _array.Add(writer => PredictionJson.Write(writer, predictions[i], predictors[i].Task));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _array.Dispose();
}
