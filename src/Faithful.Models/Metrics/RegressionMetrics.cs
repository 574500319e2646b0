namespace Faithful.Models.Metrics;

/// <summary>Quality of a regression, from the pairs (true value, predicted value).</summary>
public sealed class RegressionMetrics
{
    private readonly double[] _errors;

    /// <summary>Measures predictions against the truth.</summary>
    /// <param name="truth">The true values, in the task's unit.</param>
    /// <param name="predicted">The predicted values, in the same unit.</param>
    /// <exception cref="ArgumentException">The lists are empty, differ in length, or hold a number that is not finite.</exception>
    public RegressionMetrics(IReadOnlyList<double> truth, IReadOnlyList<double> predicted)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        if (truth.Count == 0 || truth.Count != predicted.Count)
        {
            throw new ArgumentException($"expected as many predictions as crystals, at least one; found {predicted.Count} for {truth.Count}");
        }

        _errors = [.. truth.Zip(predicted, (t, p) => p - t)];
        if (Array.FindIndex(_errors, error => !double.IsFinite(error)) is var bad && bad >= 0)
        {
            throw new ArgumentException($"expected finite numbers, found {truth[bad]} and {predicted[bad]} at position {bad}");
        }

        MeanAbsoluteError = _errors.Average(Math.Abs);
        RootMeanSquareError = Math.Sqrt(_errors.Average(error => error * error));
        double mean = truth.Average();
        double variance = truth.Average(value => (value - mean) * (value - mean));
        RSquared = variance > 0 ? 1 - _errors.Average(error => error * error) / variance : double.NaN;
    }

    /// <summary>Gets the mean of |error|, in the task's unit.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>Gets the root of the mean squared error, in the task's unit.</summary>
    public double RootMeanSquareError { get; }

    /// <summary>Gets 1 − (mean squared error) / (variance of the truth); NaN when all true values are equal.</summary>
    public double RSquared { get; }

    /// <summary>Gets the number of crystals.</summary>
    public int Count => _errors.Length;

    /// <summary>Estimates the 95 % interval of the mean absolute error by resampling the crystals.</summary>
    /// <param name="seed">The seed of the resampling.</param>
    /// <returns>The 2.5th and 97.5th percentile of 1,000 bootstrap samples, in the task's unit.</returns>
    public (double Low, double High) MeanAbsoluteErrorInterval(int seed = 0) =>
        Bootstrap.Interval(Count, rows => rows.Average(row => Math.Abs(_errors[row])), seed);
}
