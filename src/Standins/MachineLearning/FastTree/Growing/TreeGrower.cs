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

    private readonly BinnedFeatures _data;
    private readonly TreeGrowerOptions _options;
    private readonly SparseColumn?[] _sparse;
    private readonly Random _random;

    private readonly long[] _packed;
    private readonly long[] _packedWeights;
    private readonly long[] _byRow;
    private readonly long[] _weightByRow;
    private readonly long[] _ordered;
    private readonly long[] _orderedWeights;

    // A histogram of all features, the sums over it, and which features can still be split, a leaf.
    private readonly long[][] _sums;
    private readonly long[][] _weights;
    private readonly bool[][] _splittable;
    private readonly long[] _total;
    private readonly long[] _totalWeight;
    private readonly LeafSplit[] _best;

    private readonly double[] _smallGain;
    private readonly double[] _largeGain;
    private readonly int[] _smallThreshold;
    private readonly int[] _largeThreshold;

    private readonly double[] _countTable;

    private int[] _active = [];
    private double _gainUnit;
    private SplitSearch _search;

    /// <summary>Makes a grower that serves all trees of an ensemble.</summary>
    public TreeGrower(BinnedFeatures data, TreeGrowerOptions options, bool weighted)
    {
        _data = data;
        _options = options;
        _random = new Random(options.Seed);
        _countTable = options.EntropyCoefficient > 0 ? SplitSearch.CountTable(data.Rows) : [];
        _sparse = new SparseColumn?[data.Count];
        Parallel.For(0, data.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, feature => _sparse[feature] = SparseColumn.Of(data.Columns[feature]));
        _packed = new long[data.Rows];
        _byRow = new long[data.Rows];
        _ordered = new long[data.Rows];
        _packedWeights = new long[weighted ? data.Rows : 0];
        _weightByRow = new long[weighted ? data.Rows : 0];
        _orderedWeights = new long[weighted ? data.Rows : 0];
        _sums = MakeHistograms(true);
        _weights = MakeHistograms(weighted);
        _splittable = new bool[options.MaximumLeaves][];
        for (int leaf = 0; leaf < options.MaximumLeaves; leaf++)
        {
            _splittable[leaf] = new bool[data.Count];
        }

        _total = new long[options.MaximumLeaves];
        _totalWeight = new long[options.MaximumLeaves];
        _best = new LeafSplit[options.MaximumLeaves];
        _smallGain = new double[data.Count];
        _largeGain = new double[data.Count];
        _smallThreshold = new int[data.Count];
        _largeThreshold = new int[data.Count];
    }

    private bool Weighted => _packedWeights.Length > 0;

    /// <summary>Grows a tree and leaves its rows partitioned by leaf.</summary>
    /// <param name="targets">What to fit, a value a row; where rows have weights already multiplied by them.</param>
    /// <param name="weights">The weights of the rows, empty for none.</param>
    /// <param name="active">The features that may be used, counted among those that can be split; ascending.</param>
    /// <param name="partition">The rows to grow from.</param>
    /// <returns>The tree, its leaves without values; null when not even the first split is possible.</returns>
    public TreeSketch? Grow(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, int[] active, RowPartition partition)
    {
        double scale = FixedPoint.Pack(targets, _packed);
        double weightScale = Weighted ? FixedPoint.PackWeights(weights, _packedWeights) : 1;
        _gainUnit = weightScale / (scale * scale);
        _search = new SplitSearch(_options.MinimumExamples, _options.EntropyCoefficient * EntropyUnit / _gainUnit, _countTable);
        _active = active;
        partition.Reset();
        Array.Clear(_splittable[0]);
        foreach (int feature in active)
        {
            _splittable[0][feature] = true;
        }

        SearchRoot(partition);
        if (double.IsNegativeInfinity(_best[0].Gain))
        {
            return null;
        }

        TreeSketch tree = new();
        int leaf = 0;
        while (true)
        {
            LeafSplit split = _best[leaf];
            int above = tree.Split(leaf, split);
            partition.Split(leaf, _data.Columns[split.Feature], split.Threshold, above);
            if (tree.Leaves == _options.MaximumLeaves)
            {
                return tree;
            }

            SearchChildren(leaf, above, partition);
            leaf = 0;
            for (int other = 1; other < tree.Leaves; other++)
            {
                leaf = _best[other].Gain > _best[leaf].Gain ? other : leaf;
            }

            if (_best[leaf].Gain <= 0)
            {
                return tree;
            }
        }
    }

    private long[][] MakeHistograms(bool used)
    {
        long[][] histograms = new long[_options.MaximumLeaves][];
        for (int leaf = 0; leaf < histograms.Length; leaf++)
        {
            histograms[leaf] = used ? new long[_data.FirstBin[^1]] : [];
        }

        return histograms;
    }

    private void SearchRoot(RowPartition partition)
    {
        Gather(0, partition.Leaf(0));
        int rows = partition.Count;
        ForEachFeature((long)rows * _active.Length, partition, (feature, all) =>
        {
            Accumulate(feature, 0, all.Leaf(0));
            _smallThreshold[feature] = Search(feature, 0, out _smallGain[feature]);
        });
        Release(partition.Leaf(0));
        Choose(0, _smallGain, _smallThreshold);
    }

    private void SearchChildren(int below, int above, RowPartition partition)
    {
        int countBelow = partition.Leaf(below).Length;
        int countAbove = partition.Leaf(above).Length;
        _best[below] = LeafSplit.None;
        _best[above] = LeafSplit.None;
        int needed = _options.MinimumExamples * 2;
        if (countBelow < needed && countAbove < needed)
        {
            return;
        }

        // The parent's histograms lie at `below`; the larger child takes them over.
        int small = countBelow < countAbove ? below : above;
        int large = small == below ? above : below;
        if (large == above)
        {
            (_sums[below], _sums[above]) = (_sums[above], _sums[below]);
            (_weights[below], _weights[above]) = (_weights[above], _weights[below]);
            (_splittable[below], _splittable[above]) = (_splittable[above], _splittable[below]);
        }

        long total = _total[below];
        long totalWeight = _totalWeight[below];
        Gather(small, partition.Leaf(small));
        _total[large] = total - _total[small];
        _totalWeight[large] = totalWeight - _totalWeight[small];
        bool searchSmall = Math.Min(countBelow, countAbove) >= needed;
        ForEachFeature((long)Math.Min(countBelow, countAbove) * _active.Length, partition, (feature, all) =>
        {
            _splittable[small][feature] = _splittable[large][feature];
            _smallGain[feature] = double.NegativeInfinity;
            _largeGain[feature] = double.NegativeInfinity;
            if (!_splittable[large][feature])
            {
                return;
            }

            Accumulate(feature, small, all.Leaf(small));
            if (searchSmall)
            {
                _smallThreshold[feature] = Search(feature, small, out _smallGain[feature]);
            }

            Histogram.Subtract(Bins(_sums[large], feature), Bins(_sums[small], feature));
            if (Weighted)
            {
                Histogram.Subtract(Bins(_weights[large], feature), Bins(_weights[small], feature));
            }

            _largeThreshold[feature] = Search(feature, large, out _largeGain[feature]);
        });
        Release(partition.Leaf(small));
        if (searchSmall)
        {
            Choose(small, _smallGain, _smallThreshold);
        }

        Choose(large, _largeGain, _largeThreshold);
    }

    /// <summary>Lays out what the rows of a leaf add: in the order of the rows, and by row for the sparse columns.</summary>
    private void Gather(int leaf, ReadOnlySpan<int> rows)
    {
        long total = 0;
        long totalWeight = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            long value = _packed[row];
            _ordered[i] = value;
            _byRow[row] = value;
            total += value;
        }

        for (int i = 0; Weighted && i < rows.Length; i++)
        {
            int row = rows[i];
            long weight = _packedWeights[row];
            _orderedWeights[i] = weight;
            _weightByRow[row] = weight;
            totalWeight += weight;
        }

        _total[leaf] = total;
        _totalWeight[leaf] = totalWeight;
    }

    private void Release(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            _byRow[row] = 0;
        }

        for (int i = 0; Weighted && i < rows.Length; i++)
        {
            _weightByRow[rows[i]] = 0;
        }
    }

    private void ForEachFeature(long work, RowPartition partition, Action<int, RowPartition> visit)
    {
        int pieces = (_active.Length + FeaturesAtOnce - 1) / FeaturesAtOnce;
        if (_options.Threads == 1 || work + _data.FirstBin[^1] < WorkWorthSharing)
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                Visit(piece);
            }
        }
        else
        {
            Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, Visit);
        }

        void Visit(int piece)
        {
            int end = Math.Min(_active.Length, (piece + 1) * FeaturesAtOnce);
            for (int i = piece * FeaturesAtOnce; i < end; i++)
            {
                visit(_active[i], partition);
            }
        }
    }

    private Span<long> Bins(long[] histogram, int feature) =>
        histogram.AsSpan(_data.FirstBin[feature], _data.FirstBin[feature + 1] - _data.FirstBin[feature]);

    private void Accumulate(int feature, int leaf, ReadOnlySpan<int> rows)
    {
        Span<long> sums = Bins(_sums[leaf], feature);
        sums.Clear();
        Span<long> weights = Weighted ? Bins(_weights[leaf], feature) : [];
        weights.Clear();
        if (_sparse[feature] is { } sparse && sparse.Rows.Length < rows.Length)
        {
            Histogram.AddRare(sparse, _byRow, _total[leaf], sums);
            if (Weighted)
            {
                Histogram.AddRare(sparse, _weightByRow, _totalWeight[leaf], weights);
            }

            return;
        }

        Histogram.Add(_data.Columns[feature], rows, _ordered, sums);
        if (Weighted)
        {
            Histogram.Add(_data.Columns[feature], rows, _orderedWeights, weights);
        }
    }

    private int Search(int feature, int leaf, out double gain)
    {
        int threshold = Weighted
            ? _search.FindWeighted(Bins(_sums[leaf], feature), Bins(_weights[leaf], feature), _total[leaf], _totalWeight[leaf], out gain)
            : _search.Find(Bins(_sums[leaf], feature), _total[leaf], out gain);
        _splittable[leaf][feature] = threshold >= 0; // its children have fewer rows, so they cannot be split there either
        return threshold;
    }

    /// <summary>Takes the feature of the highest gain, the first of equals; with a fraction below 1 each better one only by chance.</summary>
    private void Choose(int leaf, double[] gains, int[] thresholds)
    {
        double target = FixedPoint.Target(_total[leaf]);
        double whole = target * target / (Weighted ? _totalWeight[leaf] : FixedPoint.Count(_total[leaf]));
        LeafSplit best = LeafSplit.None;
        double bestGain = double.NegativeInfinity;
        foreach (int feature in _active)
        {
            if (gains[feature] > bestGain && (_options.FeatureFractionPerSplit >= 1 || feature == 0 || _random.NextDouble() < _options.FeatureFractionPerSplit))
            {
                bestGain = gains[feature];
                best = new LeafSplit(feature, thresholds[feature], (bestGain - whole) * _gainUnit);
            }
        }

        _best[leaf] = best;
    }
}
