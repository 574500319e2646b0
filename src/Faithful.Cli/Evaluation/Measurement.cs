using Faithful.Models.Metrics;

namespace Faithful.Cli.Evaluation;

/// <summary>The quality of one way to predict: metric name, value, and the 95 % interval where one was made.</summary>
/// <param name="Metrics">
/// Values by name: <c>accuracy</c>, <c>macro_f1</c>, and for probabilities <c>log_loss</c>, <c>calibration_error</c>; or <c>mae</c>, <c>rmse</c>,
/// <c>r_squared</c>, and where intervals were predicted <c>coverage</c>, the share of true values in them.
/// </param>
/// <param name="Intervals">Intervals of some of the metrics.</param>
internal sealed record Measurement(
    IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, (double Low, double High)> Intervals)
{
    /// <summary>Measures a classification.</summary>
    /// <param name="truth">The true class of each crystal, 0..classes − 1.</param>
    /// <param name="predicted">The predicted class of each crystal, 0..classes − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>Accuracy and macro-F1.</returns>
    public static Measurement OfClasses(int[] truth, int[] predicted, int classes)
    {
        var metrics = new ClassificationMetrics(truth, predicted, classes);
        return new Measurement(
            new Dictionary<string, double> { ["accuracy"] = metrics.Accuracy, ["macro_f1"] = metrics.MacroF1 },
            new Dictionary<string, (double, double)> { ["accuracy"] = metrics.AccuracyInterval(), ["macro_f1"] = metrics.MacroF1Interval() });
    }

    /// <summary>Measures a classification with the probabilities of its classes.</summary>
    /// <param name="truth">The true class of each crystal, 0..classes − 1.</param>
    /// <param name="probabilities">The probability of each class, shape (crystals, classes).</param>
    /// <param name="predicted">The predicted class of each crystal.</param>
    /// <returns>Accuracy, macro-F1, log-loss and expected calibration error.</returns>
    public static Measurement OfProbabilities(int[] truth, IReadOnlyList<IReadOnlyList<double>> probabilities, int[] predicted)
    {
        Measurement classes = OfClasses(truth, predicted, probabilities[0].Count);
        return classes with
        {
            Metrics = new Dictionary<string, double>(classes.Metrics)
            {
                ["log_loss"] = ProbabilityMetrics.LogLoss(probabilities, truth),
                ["calibration_error"] = ProbabilityMetrics.CalibrationError(probabilities, truth),
            },
        };
    }

    /// <summary>Measures a regression.</summary>
    /// <param name="truth">The true value of each crystal, in the task's unit.</param>
    /// <param name="predicted">The predicted value of each crystal, in the same unit.</param>
    /// <param name="halfWidths">The half-width of each interval, in the same unit; null where none were predicted.</param>
    /// <returns>Errors in that unit, and R².</returns>
    public static Measurement OfValues(double[] truth, double[] predicted, double[]? halfWidths = null)
    {
        var metrics = new RegressionMetrics(truth, predicted);
        var values = new Dictionary<string, double>
        {
            ["mae"] = metrics.MeanAbsoluteError,
            ["rmse"] = metrics.RootMeanSquareError,
            ["r_squared"] = metrics.RSquared,
        };
        if (halfWidths is not null)
        {
            values.Add("coverage", Enumerable.Range(0, truth.Length).Average(i => Math.Abs(truth[i] - predicted[i]) <= halfWidths[i] ? 1.0 : 0));
        }

        return new Measurement(
            values,
            new Dictionary<string, (double, double)> { ["mae"] = metrics.MeanAbsoluteErrorInterval() });
    }
}
