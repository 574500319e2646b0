using System.Globalization;
using Faithful.Models;

namespace Faithful.Serving;

/// <summary>Turns outputs of a model into predictions, with what the user should know about each.</summary>
internal sealed class PredictionBuilder
{
    private readonly ModelCard _card;
    private readonly ModelCalibration? _calibration;
    private readonly HashSet<int> _seenElements;

    /// <summary>Initialises the builder of one model.</summary>
    /// <param name="card">The model's card.</param>
    /// <param name="calibration">The calibration to apply; null for none.</param>
    public PredictionBuilder(ModelCard card, ModelCalibration? calibration)
    {
        _card = card;
        _calibration = calibration;
        _seenElements = [.. card.Training.Elements];
    }

    /// <summary>Makes the prediction of one row of the output.</summary>
    /// <param name="input">The crystal.</param>
    /// <param name="output">The output of the batch.</param>
    /// <param name="row">The crystal's row in the batch.</param>
    /// <returns>The prediction; the fallback when the model gave a number that is not finite, or every class the probability 0.</returns>
    public Prediction FromOutput(PredictionInput input, ModelOutput output, int row)
    {
        int width = _card.Task.OutputWidth;
        ReadOnlySpan<float> numbers = (_card.Task.Kind == TaskKind.Classification ? output.Probabilities : output.Values)
            .AsSpan(row * width, width);
        foreach (float number in numbers)
        {
            if (!float.IsFinite(number))
            {
                return Fallback(input, "the model gave no finite number");
            }
        }

        // One-versus-all trees give this to a crystal that each of them is certain to be of another class.
        if (_card.Task.Kind == TaskKind.Classification && !numbers.ContainsAnyExcept(0f))
        {
            return Fallback(input, "the model gives no class a probability");
        }

        Prediction prediction = _card.Task.Kind == TaskKind.Classification
            ? Classification(input.Id, [.. numbers.ToArray().Select(probability => (double)probability)], Warnings(input))
            : Regression(input.Id, numbers[0], Warnings(input));
        return _calibration is null ? prediction : Calibrated(prediction, _calibration);
    }

    /// <summary>Makes the prediction that stands for a crystal that the model cannot take.</summary>
    /// <param name="input">The crystal.</param>
    /// <param name="reason">Why the model cannot take it.</param>
    /// <returns>The majority class with the class frequencies of the training part, or its median.</returns>
    public Prediction Fallback(PredictionInput input, string reason)
    {
        string[] warnings = [$"fallback: {reason}", .. Warnings(input)];
        Prediction prediction = _card.Task.Kind == TaskKind.Classification
            ? Classification(input.Id, [.. _card.Fallback.ClassFrequencies], warnings)
            : Regression(input.Id, _card.Fallback.Median!.Value, warnings);
        return prediction with { IsFallback = true };
    }

    /// <summary>The class stays that of the file's own probabilities: their order does not change, but two may become the same number.</summary>
    private Prediction Calibrated(Prediction prediction, ModelCalibration calibration)
    {
        prediction = prediction with { IsCalibrated = true };
        if (_card.Task.Kind == TaskKind.Regression)
        {
            return prediction with { HalfWidth = calibration.Value, Coverage = calibration.Coverage };
        }

        double[] probabilities = TemperatureScaling.Apply(prediction.Probabilities, calibration.Value);
        return prediction with { Probabilities = probabilities, Confidence = probabilities.Max() };
    }

    private Prediction Classification(string id, double[] probabilities, string[] warnings)
    {
        int best = Array.IndexOf(probabilities, probabilities.Max());
        return new Prediction
        {
            Id = id,
            Task = _card.Task.Name,
            Model = _card.Model,
            Class = _card.Task.Classes[best],
            Probabilities = probabilities,
            Confidence = probabilities[best],
            Warnings = warnings,
        };
    }

    private Prediction Regression(string id, double value, string[] warnings) => new()
    {
        Id = id,
        Task = _card.Task.Name,
        Model = _card.Model,
        Value = value,
        Warnings = warnings,
    };

    private string[] Warnings(PredictionInput input)
    {
        List<string> warnings = [];
        string[] unseen = [.. input.Composition.Distinct().Where(element => !_seenElements.Contains(element.AtomicNumber))
            .OrderBy(element => element.AtomicNumber).Select(element => element.Symbol)];
        if (unseen.Length > 0)
        {
            warnings.Add(unseen.Length == 1
                ? $"element {unseen[0]} does not occur in the training data"
                : $"elements {string.Join(", ", unseen)} do not occur in the training data");
        }

        double volume = input.VolumePerAtom, low = _card.Training.SmallestVolumePerAtom, high = _card.Training.LargestVolumePerAtom;
        // The hundredth part of slack: the card's numbers are rounded, and a crystal on the border is no extrapolation.
        if (volume < 0.99 * low || volume > 1.01 * high)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture, $"volume per atom {volume:0.0} Å³ lies outside the training data's {low:0.0} to {high:0.0} Å³"));
        }

        return [.. warnings];
    }
}
