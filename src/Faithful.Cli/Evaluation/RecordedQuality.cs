using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Onnx;
using Faithful.Serving;

namespace Faithful.Cli.Evaluation;

/// <summary>What was measured of a model, as its card has it: so that nobody types it.</summary>
internal static class RecordedQuality
{
    /// <summary>The entry for the number of crystals.</summary>
    public const string Crystals = "crystals";

    /// <summary>The entry for the number of crystals that the model could not take.</summary>
    public const string Fallbacks = "fallbacks";

    /// <summary>The end of the entry for the lower bound of a metric's 95 % interval.</summary>
    public const string Low = "_low";

    /// <summary>The end of the entry for the upper bound.</summary>
    public const string High = "_high";

    private const int Digits = 6;

    /// <summary>Checks that a measurement on these rows belongs into the card.</summary>
    /// <param name="predictor">The model or ensemble.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="UsageException">They are of other data, or of all parts at once: the card could not say what was measured.</exception>
    public static void CheckRecordable(CrystalPredictor predictor, EvaluationRows rows)
    {
        if (rows.Part == DataPart.All || rows.TrainingRows.Length == 0)
        {
            throw new UsageException(
                $"--record: expected one part of the data that {predictor.Folder} was trained on, with the same split; found {(rows.Part == DataPart.All ? "all crystals" : "other data, or another split")}");
        }
    }

    /// <summary>Writes a measurement into the card of a model, or of an ensemble, in place of an earlier one of the same part.</summary>
    /// <param name="predictor">The model or ensemble.</param>
    /// <param name="result">What was measured.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Record(CrystalPredictor predictor, EvaluationResult result)
    {
        string part = EvaluationRows.Name(result.Part);
        if (predictor.Ensemble is not null)
        {
            EnsembleCard ensemble = EnsembleCard.Read(predictor.Folder);
            ensemble = ensemble with { Metrics = With(ensemble.Metrics, part, result) };
            AtomicFile.WriteText(Path.Combine(predictor.Folder, EnsembleCard.FileName), ensemble.ToJson());
        }
        else
        {
            ModelCard card = ModelCard.Read(predictor.Folder);
            ModelFolder.Rewrite(card with { Metrics = With(card.Metrics, part, result) }, predictor.Folder);
        }
    }

    private static Dictionary<string, IReadOnlyDictionary<string, double>> With(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> metrics, string part, EvaluationResult result)
    {
        var entries = new Dictionary<string, double> { [Crystals] = result.Count, [Fallbacks] = result.Fallbacks };
        foreach ((string metric, double value) in result.Quality.Metrics)
        {
            entries[metric] = Math.Round(value, Digits);
            if (result.Quality.Intervals.TryGetValue(metric, out (double Low, double High) interval))
            {
                entries[metric + Low] = Math.Round(interval.Low, Digits);
                entries[metric + High] = Math.Round(interval.High, Digits);
            }
        }

        return new Dictionary<string, IReadOnlyDictionary<string, double>>(metrics) { [part] = entries };
    }
}
