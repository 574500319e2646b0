using Faithful.Models.Metrics;

namespace Faithful.Models;

/// <summary>Learns how far the answers of a model can be trusted, from crystals that it was not trained on.</summary>
public static class CalibrationFitting
{
    private const int Digits = 6;

    /// <summary>Fits the temperature of probabilities.</summary>
    /// <param name="probabilities">The probability of each class, shape (crystals, classes).</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <param name="part">The part of the data that the crystals are, for example <c>validation</c>.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentException">There is no crystal.</exception>
    public static ModelCalibration OfProbabilities(IReadOnlyList<IReadOnlyList<double>> probabilities, IReadOnlyList<int> classes, string part)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(classes);
        double temperature = TemperatureScaling.Fit(probabilities, classes);
        return new ModelCalibration
        {
            Method = CalibrationMethod.Temperature,
            Value = temperature,
            Part = part,
            Crystals = classes.Count,
            ErrorBefore = Round(ProbabilityMetrics.CalibrationError(probabilities, classes)),
            ErrorAfter = Round(ProbabilityMetrics.CalibrationError([.. probabilities.Select(row => TemperatureScaling.Apply(row, temperature))], classes)),
        };
    }

    /// <summary>Takes the half-width from errors.</summary>
    /// <param name="errors">Prediction less truth of each crystal, in the task's unit.</param>
    /// <param name="part">The part of the data that the crystals are.</param>
    /// <param name="coverage">The share of true values that it shall hold, between 0 and 1.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentException">There are too few crystals for the coverage.</exception>
    public static ModelCalibration OfErrors(IReadOnlyList<double> errors, string part, double coverage = ConformalInterval.DefaultCoverage)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return new ModelCalibration
        {
            Method = CalibrationMethod.Conformal,
            Value = ConformalInterval.HalfWidth(errors, coverage),
            Coverage = coverage,
            Part = part,
            Crystals = errors.Count,
        };
    }

    /// <summary>Fits what suits a task on the outputs of a model.</summary>
    /// <param name="task">The task.</param>
    /// <param name="outputs">Probabilities that sum to 1 or less, or a value: shape (crystals, <see cref="ModelTask.OutputWidth"/>).</param>
    /// <param name="targets">The true class or value of each crystal.</param>
    /// <param name="part">The part of the data that the crystals are.</param>
    /// <returns>The calibration; null where there are too few crystals for one.</returns>
    public static ModelCalibration? TryOf(ModelTask task, IReadOnlyList<IReadOnlyList<double>> outputs, IReadOnlyList<double> targets, string part)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        int fewest = task.Kind == TaskKind.Classification ? 1 : ConformalInterval.FewestErrors();
        return outputs.Count < fewest ? null
            : task.Kind == TaskKind.Classification ? OfProbabilities(outputs, [.. targets.Select(target => (int)target)], part)
            : OfErrors([.. outputs.Select((output, crystal) => output[0] - targets[crystal])], part);
    }

    private static double Round(double value) => Math.Round(value, Digits);
}
