using System.Text.Json;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>Makes the model card of trained trees.</summary>
internal static class TreeCard
{
    /// <summary>Makes a card.</summary>
    /// <param name="description">What was trained, on what, and how.</param>
    /// <param name="model">The trees that are kept.</param>
    /// <param name="best">What was measured with them.</param>
    /// <param name="trees">The trees grown for each class, or for the regression.</param>
    /// <param name="calibration">How far the model can be trusted; null where that is not known.</param>
    /// <returns>The card, without the hash of the ONNX file.</returns>
    public static ModelCard Create(TreeRunDescription description, TreeModel model, TreeMeasurement best, int trees, ModelCalibration? calibration)
    {
        string metric = description.Task.Kind == TaskKind.Classification ? "accuracy" : "mae";
        var validation = new Dictionary<string, double> { [metric] = Math.Round(best.ValidationMetric, 6), ["loss"] = Math.Round(best.ValidationLoss, 6) };
        if (best.ValidationMacroF1 is double macroF1)
        {
            validation["macro_f1"] = Math.Round(macroF1, 6);
        }

        return new ModelCard
        {
            Model = description.Model,
            Preset = description.Preset,
            Task = description.Task,
            Preparation = description.Preparation,
            Inputs = [ModelInput.Descriptors.Name],
            Fallback = description.Fallback,
            Training = description.Data with { Epochs = trees, BestEpoch = best.Trees },
            Metrics = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["validation"] = validation },
            Calibration = calibration,
            Parameters = model.ParameterCount,
            NetworkOptions = JsonSerializer.SerializeToElement(description.Trees, RunJson.OneLine),
        };
    }
}
