using System.Text.Json;
using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>Makes the model card of a finished (or running) training run.</summary>
public static class RunCard
{
    /// <summary>Makes the card of a run's best epoch.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The card, without the hash of the ONNX file.</returns>
    /// <exception cref="RunFolderException">No epoch of the run has ended yet.</exception>
    public static ModelCard Create(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunDescription description = run.ReadDescription();
        IReadOnlyList<EpochMeasurement> measurements = run.ReadMeasurements();
        EpochMeasurement best = measurements.LastOrDefault(measurement => measurement.IsBest)
            ?? throw new RunFolderException(run.FolderPath, "a run with at least one finished epoch", "none");
        Network network = description.BuildNetwork();
        string metric = description.Task.Kind == TaskKind.Classification ? "accuracy" : "mae";
        var validation = new Dictionary<string, double> { [metric] = Math.Round(best.ValidationMetric, 6), ["loss"] = Math.Round(best.ValidationLoss, 6) };
        if (best.ValidationMacroF1 is double macroF1)
        {
            validation["macro_f1"] = Math.Round(macroF1, 6);
        }

        bool heldNothingBack = description.Data is { ValidationFraction: 0, TestFraction: 0 };
        return new ModelCard
        {
            Model = description.Model,
            Preset = description.Preset,
            Task = description.Task,
            Preparation = description.Preparation,
            Inputs = [.. network.Inputs.Select(input => input.Name)],
            Fallback = description.Fallback,
            Training = description.Data with { Epochs = measurements.Count, BestEpoch = best.Epoch },
            Metrics = new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                [heldNothingBack ? "train" : "validation"] = validation,
            },

            // What a model learned by heart it is sure of: that says nothing about other crystals.
            Calibration = heldNothingBack ? null : RunCalibration.Read(run.FolderPath, best.Epoch),
            Parameters = network.Layout.Count,
            NetworkOptions = JsonSerializer.SerializeToElement(description.Network, RunJson.OneLine),
        };
    }
}
