namespace Faithful.Crystals.Bands;

/// <summary>The error function erf x = 2/√π ∫₀ˣ exp(−t²) dt, which .NET lacks.</summary>
internal static class ErrorFunction
{
    private const double SeriesReach = 3;
    private const double One = 6; // from here on it is 1 to double precision
    private const int FractionSteps = 40;

    /// <summary>Evaluates it to about 1e-15.</summary>
    /// <param name="x">A number that is not negative.</param>
    /// <returns>0 to 1.</returns>
    /// <remarks>By the series of positive terms 7.1.6 and the continued fraction 7.1.14 of Abramowitz and Stegun (1964).</remarks>
    public static double Evaluate(double x)
    {
        if (x >= One)
        {
            return 1;
        }

        if (x < SeriesReach)
        {
            var (term, sum) = (x, x);
            for (var n = 1; term > 1e-17 * sum; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }

        var fraction = x;
        for (var n = FractionSteps; n > 0; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return 1 - (Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction));
    }
}
