namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Boosts trees: each is fitted to the gradient that those before it leave, and its leaves take a step along it.</summary>
internal sealed class Booster
{
    private const int RowsAtOnce = 4096;

    // Keeps a leaf without any curvature from dividing by zero; FastTree's own value, the least positive float.
    private const double LeastCurvature = 1.4e-45;

    private readonly BinnedFeatures _data;
    private readonly BoostingObjective _objective;
    private readonly BoosterOptions _options;
    private readonly double[] _weights;
    private readonly double[] _scores;
    private readonly double[] _gradients;
    private readonly double[] _curvatures;
    private readonly double[] _targets;
    private readonly TreeGrower _grower;

    private int[] _rows;
    private int[] _restRows = [];
    private RowPartition _partition;

    /// <summary>Prepares an ensemble.</summary>
    /// <param name="data">The features.</param>
    /// <param name="weights">A positive weight a row, or empty.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="options">How.</param>
    public Booster(BinnedFeatures data, double[] weights, BoostingObjective objective, BoosterOptions options)
    {
        _data = data;
        _weights = weights;
        _objective = objective;
        _options = options;
        _scores = new double[data.Rows];
        _gradients = new double[data.Rows];
        _curvatures = new double[data.Rows];
        _targets = weights.Length > 0 ? new double[data.Rows] : _gradients;
        _grower = new TreeGrower(data, options.Tree, weights.Length > 0);
        _rows = [.. Enumerable.Range(0, data.Rows)];
        _partition = new RowPartition(_rows, options.Tree.MaximumLeaves);
    }

    /// <summary>Grows the trees; fewer than asked for when no split is possible.</summary>
    public List<GrownTree> Train()
    {
        Random features = new(_options.FeatureSelectionSeed);
        Random bags = new(_options.Seed);
        if (_options.BaggingSize > 0)
        {
            DrawBag(bags); // FastTree draws one when it makes its provider of bags, and another before the first tree
        }

        List<GrownTree> trees = [];
        int wanted = _options.Trees;
        while (trees.Count < wanted)
        {
            int[] active = ActiveFeatures(features);
            if (_options.BaggingSize > 0 && trees.Count % _options.BaggingSize == 0)
            {
                DrawBag(bags);
            }

            ComputeGradients();
            TreeSketch? tree = _grower.Grow(_targets, _weights, active, _partition);
            if (tree is null)
            {
                Contracts.Check(_options.AllowEmptyTrees, "Impossible to perform a leaf split, but the learner was configured to not allow empty trees");
                wanted--;
                continue;
            }

            tree.LeafValues = new double[tree.Leaves];
            for (int leaf = 0; leaf < tree.Leaves; leaf++)
            {
                SetLeaf(tree, leaf);
            }

            foreach (int row in _restRows)
            {
                _scores[row] += tree.LeafValues[tree.LeafOf(_data.Columns, row)];
            }

            trees.Add(tree.Finish(_data));
        }

        return trees;
    }

    private int[] ActiveFeatures(Random random)
    {
        int[] all = [.. Enumerable.Range(0, _data.Count)];
        return _options.FeatureFraction < 1 ? [.. all.Where(_ => random.NextDouble() <= _options.FeatureFraction)] : all;
    }

    private void DrawBag(Random random)
    {
        List<int> drawn = [];
        List<int> rest = [];
        for (int row = 0; row < _data.Rows; row++)
        {
            (random.NextDouble() < _options.BaggingExampleFraction ? drawn : rest).Add(row);
        }

        _rows = [.. drawn];
        _restRows = [.. rest];
        _partition = new RowPartition(_rows, _options.Tree.MaximumLeaves);
    }

    private void ComputeGradients()
    {
        int blocks = (_data.Rows + RowsAtOnce - 1) / RowsAtOnce;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = _options.Tree.Threads }, block =>
        {
            int first = block * RowsAtOnce;
            int count = Math.Min(RowsAtOnce, _data.Rows - first);
            _objective.Gradients(_scores.AsSpan(first, count), first, _gradients.AsSpan(first, count), _curvatures.AsSpan(first, count));
            for (int row = first; _weights.Length > 0 && row < first + count; row++)
            {
                _targets[row] = _gradients[row] * _weights[row];
            }
        });
    }

    /// <summary>Gives a leaf its value and adds it to the scores of the leaf's rows.</summary>
    private void SetLeaf(TreeSketch tree, int leaf)
    {
        ReadOnlySpan<int> rows = _partition.Leaf(leaf);
        double gradient = 0;
        double curvature = 0;
        double count = 0;
        foreach (int row in rows)
        {
            double weight = _weights.Length > 0 ? _weights[row] : 1;
            gradient += _gradients[row] * weight;
            curvature += _curvatures[row] * weight;
            count += weight;
        }

        double value = _objective.HasCurvature
            ? _options.Step * ((gradient / count) + LeastCurvature) / ((curvature / count) + LeastCurvature)
            : _options.Step * gradient / count;
        value = Math.Clamp(value, -_options.MaximumOutput, _options.MaximumOutput);
        tree.LeafValues[leaf] = value;
        foreach (int row in rows)
        {
            _scores[row] += value;
        }
    }
}
