namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// Where a feature is cut into bins: between all distinct values when there are few enough of them, otherwise so that the
/// bins hold about equally many rows.
/// </summary>
internal static class BinBounds
{
    /// <summary>Finds the cuts of one feature: ascending, one fewer than bins; empty when no split of it can ever be made.</summary>
    /// <param name="values">Finite values of the feature; sorted in place.</param>
    /// <param name="maximumBins">How many bins there may be.</param>
    /// <param name="minimumExamples">How many rows must lie on each side of a split.</param>
    public static float[] Find(Span<float> values, int maximumBins, int minimumExamples)
    {
        values.Sort();
        (float[] distinct, int[] upTo) = CountDistinct(values);
        if (!CanSplit(upTo, minimumExamples))
        {
            return [];
        }

        int[] starts = distinct.Length <= maximumBins
            ? [.. Enumerable.Range(1, distinct.Length - 1)]
            : EvenStarts(upTo, maximumBins);
        return Array.ConvertAll(starts, start => Between(distinct[start - 1], distinct[start]));
    }

    /// <summary>Gets the bin of a value: the number of cuts below it.</summary>
    public static int BinOf(ReadOnlySpan<float> cuts, float value)
    {
        int low = 0;
        int high = cuts.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (value <= cuts[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>Lists the distinct values, and how many values lie before each of them (one entry more, the total).</summary>
    private static (float[] Distinct, int[] UpTo) CountDistinct(ReadOnlySpan<float> sorted)
    {
        List<float> distinct = [];
        List<int> upTo = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                distinct.Add(sorted[i]);
                upTo.Add(i);
            }
        }

        upTo.Add(sorted.Length);
        return ([.. distinct], [.. upTo]);
    }

    private static bool CanSplit(int[] upTo, int minimumExamples)
    {
        int total = upTo[^1];
        int left = Math.Max(1, minimumExamples);
        return upTo.AsSpan(1, upTo.Length - 2).ToArray().Any(count => count >= left && total - count >= left);
    }

    /// <summary>The middle of two neighbouring values as a float that keeps them apart: lower ≤ cut &lt; upper.</summary>
    private static float Between(float lower, float upper)
    {
        float cut = (float)(((double)lower + upper) / 2);
        return cut < upper ? cut : lower;
    }

    /// <summary>
    /// Chooses the first value of each bin but the lowest, so that the sum of the squared sizes of the bins becomes small:
    /// the piece that gains most is halved until there are enough, then each cut moves as long as that gains.
    /// </summary>
    private static int[] EvenStarts(int[] upTo, int bins)
    {
        PriorityQueue<(int From, int Cut, int To), long> pieces = new();
        Offer(0, upTo.Length - 1);
        List<int> chosen = [];
        while (chosen.Count < bins - 1)
        {
            (int from, int cut, int to) = pieces.Dequeue();
            chosen.Add(cut);
            Offer(from, cut);
            Offer(cut, to);
        }

        int[] starts = [0, .. chosen.Order(), upTo.Length - 1];
        const int maximumSweeps = 100; // each move lowers the sum, so it ends by itself; this bounds the time
        bool moved = true;
        for (int sweep = 0; moved && sweep < maximumSweeps; sweep++)
        {
            moved = false;
            for (int i = 1; i < starts.Length - 1; i++)
            {
                int cut = BestCut(upTo, starts[i - 1], starts[i + 1]);
                if (Gain(upTo, starts[i - 1], cut, starts[i + 1]) > Gain(upTo, starts[i - 1], starts[i], starts[i + 1]))
                {
                    starts[i] = cut;
                    moved = true;
                }
            }
        }

        return starts[1..^1];

        void Offer(int from, int to)
        {
            if (to - from > 1)
            {
                int cut = BestCut(upTo, from, to);
                pieces.Enqueue((from, cut, to), -Gain(upTo, from, cut, to));
            }
        }
    }

    /// <summary>Half of what a cut takes off the sum of squared sizes.</summary>
    private static long Gain(int[] upTo, int from, int cut, int to) => (long)(upTo[to] - upTo[cut]) * (upTo[cut] - upTo[from]);

    private static int BestCut(int[] upTo, int from, int to)
    {
        int half = (int)(((long)upTo[from] + upTo[to]) / 2);
        int found = Array.BinarySearch(upTo, from, to - from + 1, half);
        int above = Math.Clamp(found >= 0 ? found : ~found, from + 1, to - 1);
        int below = Math.Max(above - 1, from + 1);
        return Gain(upTo, from, below, to) > Gain(upTo, from, above, to) ? below : above;
    }
}
