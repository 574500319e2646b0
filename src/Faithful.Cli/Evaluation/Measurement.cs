using Faithful.Models.Metrics;

namespace Faithful.Cli.Evaluation;

/// <summary>The quality of one way to predict: metric name, value, and the 95 % interval where one was made.</summary>
/// <param name="Metrics">Values by name: <c>accuracy</c>, <c>macro_f1</c>, or <c>mae</c>, <c>rmse</c>, <c>r_squared</c>.</param>
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

    /// <summary>Measures a regression.</summary>
    /// <param name="truth">The true value of each crystal, in the task's unit.</param>
    /// <param name="predicted">The predicted value of each crystal, in the same unit.</param>
    /// <returns>Errors in that unit, and R².</returns>
    public static Measurement OfValues(double[] truth, double[] predicted)
    {
        var metrics = new RegressionMetrics(truth, predicted);
        return new Measurement(
            new Dictionary<string, double> { ["mae"] = metrics.MeanAbsoluteError, ["rmse"] = metrics.RootMeanSquareError, ["r_squared"] = metrics.RSquared },
            new Dictionary<string, (double, double)> { ["mae"] = metrics.MeanAbsoluteErrorInterval() });
    }
}
