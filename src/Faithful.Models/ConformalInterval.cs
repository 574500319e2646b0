namespace Faithful.Models;

/// <summary>The half-width around a prediction that holds the true value in a stated share of cases.</summary>
/// <remarks>Split conformal prediction: Lei et al. 2018, doi:10.1080/01621459.2017.1307116, algorithm 2.</remarks>
public static class ConformalInterval
{
    /// <summary>The share of true values that intervals hold unless somebody asks for another.</summary>
    public const double DefaultCoverage = 0.9;

    private const double Rounding = 1e-9; // 0.9 / (1 − 0.9) is a little more than 9 in floating point

    /// <summary>Gets how many errors a half-width needs at least.</summary>
    /// <param name="coverage">The share of true values that shall lie within it, between 0 and 1.</param>
    /// <returns>The number, 9 for a share of 0.9.</returns>
    public static int FewestErrors(double coverage = DefaultCoverage) => (int)Math.Ceiling(coverage / (1 - coverage) - Rounding);

    /// <summary>Takes the half-width from errors on crystals that the model was not trained on.</summary>
    /// <param name="errors">Prediction less truth, in the task's unit.</param>
    /// <param name="coverage">The share of true values that shall lie within it, between 0 and 1.</param>
    /// <returns>The ⌈(n + 1) · coverage⌉-th smallest absolute error.</returns>
    /// <exception cref="ArgumentException">There are too few errors for the coverage.</exception>
    public static double HalfWidth(IEnumerable<double> errors, double coverage = DefaultCoverage)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!(coverage is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "expected a share between 0 and 1");
        }

        double[] sorted = [.. errors.Select(Math.Abs).Order()];
        int rank = (int)Math.Ceiling((sorted.Length + 1) * coverage - Rounding);
        return rank <= sorted.Length
            ? sorted[rank - 1]
            : throw new ArgumentException(
                FormattableString.Invariant($"expected at least {FewestErrors(coverage)} crystals for a coverage of {coverage}, found {sorted.Length}"),
                nameof(errors));
    }
}
