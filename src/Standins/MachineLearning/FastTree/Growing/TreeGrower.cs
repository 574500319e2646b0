namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// Grows regression trees by least squares: always the leaf whose best split gains most is split next, until the leaves are
/// used up. Histograms of the larger of two new leaves are those of their parent less those of the smaller one.
/// </summary>
internal sealed class TreeGrower
{
    // Features of a piece of work, and the work (rows and bins to be visited) below which threads cost more than they give.
    private const int FeaturesAtOnce = 8;
    private const long WorkWorthSharing = 100_000;

    // FastTree counts the entropy coefficient in millionths.
    private const double EntropyUnit = 1e-6;

    private readonly BinnedFeatures data;
    private readonly TreeGrowerOptions options;
    private readonly SparseColumn?[] sparse;
    private readonly Random random;

    private readonly long[] packed;
    private readonly long[] packedWeights;
    private readonly long[] byRow;
    private readonly long[] weightByRow;
    private readonly long[] ordered;
    private readonly long[] orderedWeights;

    // A histogram of all features, the sums over it, and which features can still be split, a leaf.
    private readonly long[][] sums;
    private readonly long[][] weights;
    private readonly bool[][] splittable;
    private readonly long[] total;
    private readonly long[] totalWeight;
    private readonly LeafSplit[] best;

    private readonly double[] smallGain;
    private readonly double[] largeGain;
    private readonly int[] smallThreshold;
    private readonly int[] largeThreshold;

    private readonly double[] countTable;

    private int[] active = [];
    private double gainUnit;
    private SplitSearch search;

    /// <summary>Makes a grower that serves all trees of an ensemble.</summary>
    public TreeGrower(BinnedFeatures data, TreeGrowerOptions options, bool weighted)
    {
        this.data = data;
        this.options = options;
        random = new Random(options.Seed);
        countTable = options.EntropyCoefficient > 0 ? SplitSearch.CountTable(data.Rows) : [];
        sparse = new SparseColumn?[data.Count];
        Parallel.For(0, data.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, feature => sparse[feature] = SparseColumn.Of(data.Columns[feature]));
        packed = new long[data.Rows];
        byRow = new long[data.Rows];
        ordered = new long[data.Rows];
        packedWeights = new long[weighted ? data.Rows : 0];
        weightByRow = new long[weighted ? data.Rows : 0];
        orderedWeights = new long[weighted ? data.Rows : 0];
        sums = MakeHistograms(true);
        weights = MakeHistograms(weighted);
        splittable = new bool[options.MaximumLeaves][];
        for (int leaf = 0; leaf < options.MaximumLeaves; leaf++)
        {
            splittable[leaf] = new bool[data.Count];
        }

        total = new long[options.MaximumLeaves];
        totalWeight = new long[options.MaximumLeaves];
        best = new LeafSplit[options.MaximumLeaves];
        smallGain = new double[data.Count];
        largeGain = new double[data.Count];
        smallThreshold = new int[data.Count];
        largeThreshold = new int[data.Count];
    }

    private bool Weighted => packedWeights.Length > 0;

    /// <summary>Grows a tree and leaves its rows partitioned by leaf.</summary>
    /// <param name="targets">What to fit, a value a row; where rows have weights already multiplied by them.</param>
    /// <param name="weights">The weights of the rows, empty for none.</param>
    /// <param name="active">The features that may be used, counted among those that can be split; ascending.</param>
    /// <param name="partition">The rows to grow from.</param>
    /// <returns>The tree, its leaves without values; null when not even the first split is possible.</returns>
    public TreeSketch? Grow(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, int[] active, RowPartition partition)
    {
        double scale = FixedPoint.Pack(targets, packed);
        double weightScale = Weighted ? FixedPoint.PackWeights(weights, packedWeights) : 1;
        gainUnit = weightScale / (scale * scale);
        search = new SplitSearch(options.MinimumExamples, options.EntropyCoefficient * EntropyUnit / gainUnit, countTable);
        this.active = active;
        partition.Reset();
        Array.Clear(splittable[0]);
        foreach (int feature in active)
        {
            splittable[0][feature] = true;
        }

        SearchRoot(partition);
        if (double.IsNegativeInfinity(best[0].Gain))
        {
            return null;
        }

        TreeSketch tree = new();
        int leaf = 0;
        while (true)
        {
            LeafSplit split = best[leaf];
            int above = tree.Split(leaf, split);
            partition.Split(leaf, data.Columns[split.Feature], split.Threshold, above);
            if (tree.Leaves == options.MaximumLeaves)
            {
                return tree;
            }

            SearchChildren(leaf, above, partition);
            leaf = 0;
            for (int other = 1; other < tree.Leaves; other++)
            {
                leaf = best[other].Gain > best[leaf].Gain ? other : leaf;
            }

            if (best[leaf].Gain <= 0)
            {
                return tree;
            }
        }
    }

    private long[][] MakeHistograms(bool used)
    {
        long[][] histograms = new long[options.MaximumLeaves][];
        for (int leaf = 0; leaf < histograms.Length; leaf++)
        {
            histograms[leaf] = used ? new long[data.FirstBin[^1]] : [];
        }

        return histograms;
    }

    private void SearchRoot(RowPartition partition)
    {
        Gather(0, partition.Leaf(0));
        int rows = partition.Count;
        ForEachFeature((long)rows * active.Length, partition, (feature, all) =>
        {
            Accumulate(feature, 0, all.Leaf(0));
            smallThreshold[feature] = Search(feature, 0, out smallGain[feature]);
        });
        Release(partition.Leaf(0));
        Choose(0, smallGain, smallThreshold);
    }

    private void SearchChildren(int below, int above, RowPartition partition)
    {
        int countBelow = partition.Leaf(below).Length;
        int countAbove = partition.Leaf(above).Length;
        best[below] = LeafSplit.None;
        best[above] = LeafSplit.None;
        int needed = options.MinimumExamples * 2;
        if (countBelow < needed && countAbove < needed)
        {
            return;
        }

        // The parent's histograms lie at `below`; the larger child takes them over.
        int small = countBelow < countAbove ? below : above;
        int large = small == below ? above : below;
        if (large == above)
        {
            (sums[below], sums[above]) = (sums[above], sums[below]);
            (weights[below], weights[above]) = (weights[above], weights[below]);
            (splittable[below], splittable[above]) = (splittable[above], splittable[below]);
        }

        long total = this.total[below];
        long totalWeight = this.totalWeight[below];
        Gather(small, partition.Leaf(small));
        this.total[large] = total - this.total[small];
        this.totalWeight[large] = totalWeight - this.totalWeight[small];
        bool searchSmall = Math.Min(countBelow, countAbove) >= needed;
        ForEachFeature((long)Math.Min(countBelow, countAbove) * active.Length, partition, (feature, all) =>
        {
            splittable[small][feature] = splittable[large][feature];
            smallGain[feature] = double.NegativeInfinity;
            largeGain[feature] = double.NegativeInfinity;
            if (!splittable[large][feature])
            {
                return;
            }

            Accumulate(feature, small, all.Leaf(small));
            if (searchSmall)
            {
                smallThreshold[feature] = Search(feature, small, out smallGain[feature]);
            }

            Histogram.Subtract(Bins(sums[large], feature), Bins(sums[small], feature));
            if (Weighted)
            {
                Histogram.Subtract(Bins(weights[large], feature), Bins(weights[small], feature));
            }

            largeThreshold[feature] = Search(feature, large, out largeGain[feature]);
        });
        Release(partition.Leaf(small));
        if (searchSmall)
        {
            Choose(small, smallGain, smallThreshold);
        }

        Choose(large, largeGain, largeThreshold);
    }

    /// <summary>Lays out what the rows of a leaf add: in the order of the rows, and by row for the sparse columns.</summary>
    private void Gather(int leaf, ReadOnlySpan<int> rows)
    {
        long total = 0;
        long totalWeight = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            long value = packed[row];
            ordered[i] = value;
            byRow[row] = value;
            total += value;
        }

        for (int i = 0; Weighted && i < rows.Length; i++)
        {
            int row = rows[i];
            long weight = packedWeights[row];
            orderedWeights[i] = weight;
            weightByRow[row] = weight;
            totalWeight += weight;
        }

        this.total[leaf] = total;
        this.totalWeight[leaf] = totalWeight;
    }

    private void Release(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            byRow[row] = 0;
        }

        for (int i = 0; Weighted && i < rows.Length; i++)
        {
            weightByRow[rows[i]] = 0;
        }
    }

    private void ForEachFeature(long work, RowPartition partition, Action<int, RowPartition> visit)
    {
        int pieces = (active.Length + FeaturesAtOnce - 1) / FeaturesAtOnce;
        if (options.Threads == 1 || work + data.FirstBin[^1] < WorkWorthSharing)
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                Visit(piece);
            }
        }
        else
        {
            Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, Visit);
        }

        void Visit(int piece)
        {
            int end = Math.Min(active.Length, (piece + 1) * FeaturesAtOnce);
            for (int i = piece * FeaturesAtOnce; i < end; i++)
            {
                visit(active[i], partition);
            }
        }
    }

    private Span<long> Bins(long[] histogram, int feature) =>
        histogram.AsSpan(data.FirstBin[feature], data.FirstBin[feature + 1] - data.FirstBin[feature]);

    private void Accumulate(int feature, int leaf, ReadOnlySpan<int> rows)
    {
        Span<long> sums = Bins(this.sums[leaf], feature);
        sums.Clear();
        Span<long> weights = Weighted ? Bins(this.weights[leaf], feature) : [];
        weights.Clear();
        if (this.sparse[feature] is { } sparse && sparse.Rows.Length < rows.Length)
        {
            Histogram.AddRare(sparse, byRow, total[leaf], sums);
            if (Weighted)
            {
                Histogram.AddRare(sparse, weightByRow, totalWeight[leaf], weights);
            }

            return;
        }

        Histogram.Add(data.Columns[feature], rows, ordered, sums);
        if (Weighted)
        {
            Histogram.Add(data.Columns[feature], rows, orderedWeights, weights);
        }
    }

    private int Search(int feature, int leaf, out double gain)
    {
        int threshold = Weighted
            ? search.FindWeighted(Bins(sums[leaf], feature), Bins(weights[leaf], feature), total[leaf], totalWeight[leaf], out gain)
            : search.Find(Bins(sums[leaf], feature), total[leaf], out gain);
        splittable[leaf][feature] = threshold >= 0; // its children have fewer rows, so they cannot be split there either
        return threshold;
    }

    /// <summary>Takes the feature of the highest gain, the first of equals; with a fraction below 1 each better one only by chance.</summary>
    private void Choose(int leaf, double[] gains, int[] thresholds)
    {
        double target = FixedPoint.Target(total[leaf]);
        double whole = target * target / (Weighted ? totalWeight[leaf] : FixedPoint.Count(total[leaf]));
        LeafSplit best = LeafSplit.None;
        double bestGain = double.NegativeInfinity;
        foreach (int feature in active)
        {
            if (gains[feature] > bestGain && (options.FeatureFractionPerSplit >= 1 || feature == 0 || random.NextDouble() < options.FeatureFractionPerSplit))
            {
                bestGain = gains[feature];
                best = new LeafSplit(feature, thresholds[feature], (bestGain - whole) * gainUnit);
            }
        }

        this.best[leaf] = best;
    }
}
