namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Boosts trees: each is fitted to the gradient that those before it leave, and its leaves take a step along it.</summary>
internal sealed class Booster
{
    private const int RowsAtOnce = 4096;

    // Keeps a leaf without any curvature from dividing by zero; FastTree's own value, the least positive float.
    private const double LeastCurvature = 1.4e-45;

    private readonly BinnedFeatures data;
    private readonly BoostingObjective objective;
    private readonly BoosterOptions options;
    private readonly double[] weights;
    private readonly double[] scores;
    private readonly double[] gradients;
    private readonly double[] curvatures;
    private readonly double[] targets;
    private readonly TreeGrower grower;

    private int[] rows;
    private int[] restRows = [];
    private RowPartition partition;

    /// <summary>Prepares an ensemble.</summary>
    /// <param name="data">The features.</param>
    /// <param name="weights">A positive weight a row, or empty.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="options">How.</param>
    public Booster(BinnedFeatures data, double[] weights, BoostingObjective objective, BoosterOptions options)
    {
        this.data = data;
        this.weights = weights;
        this.objective = objective;
        this.options = options;
        scores = new double[data.Rows];
        gradients = new double[data.Rows];
        curvatures = new double[data.Rows];
        targets = weights.Length > 0 ? new double[data.Rows] : gradients;
        grower = new TreeGrower(data, options.Tree, weights.Length > 0);
        rows = [.. Enumerable.Range(0, data.Rows)];
        partition = new RowPartition(rows, options.Tree.MaximumLeaves);
    }

    /// <summary>Grows the trees; fewer than asked for when no split is possible.</summary>
    public List<GrownTree> Train()
    {
        Random features = new(options.FeatureSelectionSeed);
        Random bags = new(options.Seed);
        if (options.BaggingSize > 0)
        {
            DrawBag(bags); // FastTree draws one when it makes its provider of bags, and another before the first tree
        }

        List<GrownTree> trees = [];
        int wanted = options.Trees;
        while (trees.Count < wanted)
        {
            int[] active = ActiveFeatures(features);
            if (options.BaggingSize > 0 && trees.Count % options.BaggingSize == 0)
            {
                DrawBag(bags);
            }

            ComputeGradients();
            TreeSketch? tree = grower.Grow(targets, weights, active, partition);
            if (tree is null)
            {
                Contracts.Check(options.AllowEmptyTrees, "Impossible to perform a leaf split, but the learner was configured to not allow empty trees");
                wanted--;
                continue;
            }

            tree.LeafValues = new double[tree.Leaves];
            for (int leaf = 0; leaf < tree.Leaves; leaf++)
            {
                SetLeaf(tree, leaf);
            }

            foreach (int row in restRows)
            {
                scores[row] += tree.LeafValues[tree.LeafOf(data.Columns, row)];
            }

            trees.Add(tree.Finish(data));
        }

        return trees;
    }

    private int[] ActiveFeatures(Random random)
    {
        int[] all = [.. Enumerable.Range(0, data.Count)];
        return options.FeatureFraction < 1 ? [.. all.Where(_ => random.NextDouble() <= options.FeatureFraction)] : all;
    }

    private void DrawBag(Random random)
    {
        List<int> drawn = [];
        List<int> rest = [];
        for (int row = 0; row < data.Rows; row++)
        {
            (random.NextDouble() < options.BaggingExampleFraction ? drawn : rest).Add(row);
        }

        rows = [.. drawn];
        restRows = [.. rest];
        partition = new RowPartition(rows, options.Tree.MaximumLeaves);
    }

    private void ComputeGradients()
    {
        int blocks = (data.Rows + RowsAtOnce - 1) / RowsAtOnce;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = options.Tree.Threads }, block =>
        {
            int first = block * RowsAtOnce;
            int count = Math.Min(RowsAtOnce, data.Rows - first);
            objective.Gradients(scores.AsSpan(first, count), first, gradients.AsSpan(first, count), curvatures.AsSpan(first, count));
            for (int row = first; weights.Length > 0 && row < first + count; row++)
            {
                targets[row] = gradients[row] * weights[row];
            }
        });
    }

    /// <summary>Gives a leaf its value and adds it to the scores of the leaf's rows.</summary>
    private void SetLeaf(TreeSketch tree, int leaf)
    {
        ReadOnlySpan<int> rows = partition.Leaf(leaf);
        double gradient = 0;
        double curvature = 0;
        double count = 0;
        foreach (int row in rows)
        {
            double weight = weights.Length > 0 ? weights[row] : 1;
            gradient += gradients[row] * weight;
            curvature += curvatures[row] * weight;
            count += weight;
        }

        double value = objective.HasCurvature
            ? options.Step * ((gradient / count) + LeastCurvature) / ((curvature / count) + LeastCurvature)
            : options.Step * gradient / count;
        value = Math.Clamp(value, -options.MaximumOutput, options.MaximumOutput);
        tree.LeafValues[leaf] = value;
        foreach (int row in rows)
        {
            scores[row] += value;
        }
    }
}
