namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// Targets of rows as whole numbers, together with a count of 1, in 64 bits: the upper 40 hold the target, the lower 24 the
/// count. One addition sums both, sums do not depend on the order of the rows (so neither on the number of threads), and the
/// larger of two leaves is exactly its parent less the smaller one.
/// </summary>
internal static class FixedPoint
{
    /// <summary>More rows than this cannot be counted.</summary>
    public const int MaximumRows = CountMask;

    private const int CountBits = 24;
    private const int CountMask = (1 << CountBits) - 1;

    // No sum of targets exceeds the sum of their absolute values, which takes 38 of 40 bits; half a unit a row is rounding.
    private const double LargestSum = 1L << 38;
    private const double LargestWeight = 1L << 52;

    /// <summary>Gets the count in a sum.</summary>
    public static int Count(long sum) => (int)(sum & CountMask);

    /// <summary>Gets the target in a sum, in units of the scale.</summary>
    public static double Target(long sum) => sum >> CountBits;

    /// <summary>Packs targets.</summary>
    /// <returns>How many units make 1.</returns>
    public static double Pack(ReadOnlySpan<double> targets, Span<long> packed)
    {
        double absolute = 0;
        foreach (double target in targets)
        {
            absolute += Math.Abs(target);
        }

        double scale = absolute > 0 ? LargestSum / absolute : 1;
        for (int row = 0; row < targets.Length; row++)
        {
            packed[row] = ((long)Math.Round(targets[row] * scale) << CountBits) | 1;
        }

        return scale;
    }

    /// <summary>Packs positive weights.</summary>
    /// <returns>How many units make 1.</returns>
    public static double PackWeights(ReadOnlySpan<double> weights, Span<long> packed)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double scale = LargestWeight / total;
        for (int row = 0; row < weights.Length; row++)
        {
            packed[row] = (long)Math.Round(weights[row] * scale);
        }

        return scale;
    }
}
