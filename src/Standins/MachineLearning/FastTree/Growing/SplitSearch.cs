using System.Runtime.CompilerServices;

namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Finds the threshold of one feature that lowers the sum of squares most.</summary>
/// <param name="minimumExamples">How many rows must lie on each side.</param>
/// <param name="entropy">What a unit of the split's entropy adds to the gain, in squared units of the targets' scale.</param>
/// <param name="counts">n·ln n for every count n up to the number of rows; only read where entropy counts.</param>
internal readonly struct SplitSearch(int minimumExamples, double entropy, double[] counts)
{
    /// <summary>Searches; thresholds are tried from the highest to the lowest and the first of equally good ones is kept.</summary>
    /// <param name="sums">Sums of packed targets by bin.</param>
    /// <param name="total">The sum over all bins.</param>
    /// <param name="gain">The sum of Σ²/n over both sides, in squared units; −∞ without a threshold.</param>
    /// <returns>The threshold, or −1 when no threshold leaves enough rows on both sides.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(ReadOnlySpan<long> sums, long total, out double gain)
    {
        double best = double.NegativeInfinity;
        int threshold = -1;
        int count = FixedPoint.Count(total);
        double target = FixedPoint.Target(total);
        long above = 0;
        for (int bin = sums.Length - 1; bin > 0; bin--)
        {
            long sum = sums[bin];
            if (sum == 0)
            {
                continue;
            }

            above += sum;
            int countAbove = FixedPoint.Count(above);
            if (countAbove < minimumExamples)
            {
                continue;
            }

            int countBelow = count - countAbove;
            if (countBelow < minimumExamples || countBelow == 0)
            {
                break;
            }

            double targetAbove = FixedPoint.Target(above);
            double targetBelow = target - targetAbove;
            double found = ((targetAbove * targetAbove * countBelow) + (targetBelow * targetBelow * countAbove)) / ((double)countAbove * countBelow);
            if (entropy > 0)
            {
                found += entropy * Entropy(count, countAbove, countBelow);
            }

            if (found > best)
            {
                best = found;
                threshold = bin - 1;
            }
        }

        gain = best;
        return threshold;
    }

    /// <summary>Searches where rows have weights: as <see cref="Find"/>, with the sums of weights in place of counts.</summary>
    public int FindWeighted(ReadOnlySpan<long> sums, ReadOnlySpan<long> weights, long total, long totalWeight, out double gain)
    {
        double best = double.NegativeInfinity;
        int threshold = -1;
        int count = FixedPoint.Count(total);
        double target = FixedPoint.Target(total);
        long above = 0;
        long weightAbove = 0;
        for (int bin = sums.Length - 1; bin > 0; bin--)
        {
            if (sums[bin] == 0)
            {
                continue;
            }

            above += sums[bin];
            weightAbove += weights[bin];
            int countAbove = FixedPoint.Count(above);
            int countBelow = count - countAbove;
            if (countAbove < minimumExamples)
            {
                continue;
            }

            long weightBelow = totalWeight - weightAbove;
            if (countBelow < minimumExamples || countBelow == 0)
            {
                break;
            }

            double targetAbove = FixedPoint.Target(above);
            double targetBelow = target - targetAbove;
            double found = (targetAbove * targetAbove / Math.Max(weightAbove, 1)) + (targetBelow * targetBelow / Math.Max(weightBelow, 1));
            if (entropy > 0)
            {
                found += entropy * Entropy(count, countAbove, countBelow);
            }

            if (found > best)
            {
                best = found;
                threshold = bin - 1;
            }
        }

        gain = best;
        return threshold;
    }

    /// <summary>Makes the table of n·ln n.</summary>
    public static double[] CountTable(int rows)
    {
        double[] table = new double[rows + 1];
        for (int n = 1; n <= rows; n++)
        {
            table[n] = n * Math.Log(n);
        }

        return table;
    }

    private double Entropy(int count, int above, int below) => counts[count] - counts[above] - counts[below];
}
