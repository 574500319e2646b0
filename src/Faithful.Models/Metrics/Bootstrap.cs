namespace Faithful.Models.Metrics;

/// <summary>Percentile bootstrap (Efron 1979, DOI 10.1214/aos/1176344552) of a statistic over rows.</summary>
public static class Bootstrap
{
    /// <summary>The number of resamples.</summary>
    public const int Resamples = 1000;

    /// <summary>Estimates the 95 % interval of a statistic.</summary>
    /// <param name="count">The number of rows, at least 1.</param>
    /// <param name="statistic">The statistic of a list of row numbers, in which rows repeat.</param>
    /// <param name="seed">The seed; the same seed gives the same interval.</param>
    /// <returns>The 2.5th and the 97.5th percentile.</returns>
    public static (double Low, double High) Interval(int count, Func<int[], double> statistic, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(statistic);
        var random = new Random(seed);
        var rows = new int[count];
        var values = new double[Resamples];
        for (int sample = 0; sample < Resamples; sample++)
        {
            for (int i = 0; i < count; i++)
            {
                rows[i] = random.Next(count);
            }

            values[sample] = statistic(rows);
        }

        Array.Sort(values);
        return (values[(int)(0.025 * Resamples)], values[(int)(0.975 * Resamples) - 1]);
    }
}
