using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Standins.Tests.MachineLearning.FastTree;

/// <summary>FastTree fits numbers by trees that can be read.</summary>
public sealed class FastTreeRegressionTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void The_defaults_are_the_published_ones()
    {
        FastTreeRegressionTrainer.Options options = new();
        Assert.Equal("Features", options.FeatureColumnName);
        Assert.Equal("Label", options.LabelColumnName);
        Assert.Null(options.ExampleWeightColumnName);
        Assert.Equal(100, options.NumberOfTrees);
        Assert.Equal(20, options.NumberOfLeaves);
        Assert.Equal(10, options.MinimumExampleCountPerLeaf);
        Assert.Equal(0.2, options.LearningRate);
        Assert.Equal(1, options.Shrinkage);
        Assert.Equal(255, options.MaximumBinCountPerFeature);
        Assert.Equal(1, options.FeatureFraction);
        Assert.Equal(1, options.FeatureFractionPerSplit);
        Assert.Equal(0, options.BaggingSize);
        Assert.Equal(0.7, options.BaggingExampleFraction);
        Assert.Equal(123, options.Seed);
        Assert.Equal(123, options.FeatureSelectionSeed);
        Assert.Equal(100, options.MaximumTreeOutput);
        Assert.True(options.AllowEmptyTrees);
        Assert.Null(options.NumberOfThreads);
    }

    [Fact]
    public void The_first_tree_splits_in_the_middle_and_steps_by_the_learning_rate_towards_the_means()
    {
        TreeRow[] rows = [.. Enumerable.Range(0, 40).Select(i => new TreeRow { Features = [i / 8, 0, 0, 0], Value = i < 16 ? -1 : i < 28 ? 3 : 4 })];
        RegressionTree tree = Assert.Single(Train(rows, options =>
        {
            options.NumberOfTrees = 1;
            options.NumberOfLeaves = 2;
        }).Trees);
        Assert.Equal([0], tree.NumericalSplitFeatureIndexes);
        Assert.Equal([1.5f], tree.NumericalSplitThresholds);
        Assert.Equal([~0], tree.LeftChild);
        Assert.Equal([~1], tree.RightChild);
        Assert.Equal(0.2 * -1, tree.LeafValues[0], 12);
        Assert.Equal(0.2 * 3.5, tree.LeafValues[1], 12);
        Assert.Equal((16.0 * 24 / 40) * (4.5 * 4.5), tree.SplitGains[0], 3);
        Assert.Equal(2, tree.NumberOfLeaves);
        Assert.Equal(1, tree.NumberOfNodes);
        Assert.Equal([false], tree.CategoricalSplitFlags);
    }

    [Fact]
    public void Scores_are_the_sums_of_leaf_values_and_NaN_goes_right()
    {
        TreeRow[] rows = TreeRow.Random(600, 3);
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> model = Fit(rows, options => options.NumberOfTrees = 20);
        TreeRow[] asked = [.. TreeRow.Random(50, 4), .. rows.Take(20).Select(row => new TreeRow { Features = [row.Features[0], float.NaN, float.NaN, 0] })];
        float[] scores = TreeScores.Column(model.Transform(_context.Data.LoadFromEnumerable(asked)), "Score");
        RegressionTreeEnsemble trees = model.Model.TrainedTreeEnsemble;
        Assert.Equal(0, trees.Bias);
        Assert.All(trees.TreeWeights, weight => Assert.Equal(1, weight));
        Assert.All(asked.Zip(scores), pair => Assert.Equal((float)TreeScores.Score(trees, pair.First.Features), pair.Second));
    }

    [Fact]
    public void Training_fits()
    {
        TreeRow[] rows = TreeRow.Random(2000, 5);
        TreeRow[] others = TreeRow.Random(500, 6);
        RegressionTreeEnsemble trees = Train(rows, _ => { });
        double error = others.Average(row => Math.Abs(TreeScores.Score(trees, row.Features) - row.Value));
        Assert.InRange(error, 0, 0.12); // the values spread by 1.3
    }

    [Fact]
    public void Leaves_are_no_more_and_no_smaller_than_asked_for()
    {
        TreeRow[] rows = TreeRow.Random(500, 7);
        RegressionTreeEnsemble trees = Train(rows, options =>
        {
            options.NumberOfTrees = 10;
            options.NumberOfLeaves = 9;
            options.MinimumExampleCountPerLeaf = 23;
        });
        Assert.Equal(10, trees.Trees.Count);
        Assert.All(trees.Trees, tree =>
        {
            Assert.InRange(tree.NumberOfLeaves, 2, 9);
            Assert.All(rows.GroupBy(row => TreeScores.Leaf(tree, row.Features)), leaf => Assert.InRange(leaf.Count(), 23, 500));
        });
    }

    [Fact]
    public void Trees_depend_on_the_seeds_and_on_nothing_else()
    {
        TreeRow[] rows = TreeRow.Random(3000, 8);
        RegressionTreeEnsemble Of(int threads, int seed, int featureSeed) => Train(rows, options =>
        {
            options.NumberOfTrees = 12;
            options.FeatureFraction = 0.6;
            options.FeatureFractionPerSplit = 0.8;
            options.BaggingSize = 3;
            options.NumberOfThreads = threads;
            options.Seed = seed;
            options.FeatureSelectionSeed = featureSeed;
        });
        RegressionTreeEnsemble first = Of(1, 1, 1);
        TreeScores.AssertEqual(first, Of(1, 1, 1));
        TreeScores.AssertEqual(first, Of(4, 1, 1));
        Assert.NotEqual(first.Trees[0].LeafValues, Of(1, 2, 1).Trees[0].LeafValues);
        Assert.NotEqual(first.Trees.SelectMany(tree => tree.LeafValues), Of(1, 1, 2).Trees.SelectMany(tree => tree.LeafValues));
    }

    [Fact]
    public void Rows_with_a_missing_number_are_left_out()
    {
        TreeRow[] rows = TreeRow.Random(300, 9);
        TreeRow[] faulty =
        [
            new() { Features = [float.NaN, 1, 1, 1], Value = 100 },
            new() { Features = [1, float.PositiveInfinity, 1, 1], Value = 100 },
            new() { Features = [1, 1, 1, 1], Value = float.NaN },
        ];
        TreeScores.AssertEqual(Train(rows, _ => { }), Train([.. rows, .. faulty], _ => { }));
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => Train(faulty, _ => { }));
        Assert.Contains("missing features", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_counts_as_so_many_rows()
    {
        TreeRow[] rows = TreeRow.Random(200, 10);
        TreeRow[] doubled = [.. rows.SelectMany((row, i) => i % 3 == 0 ? new[] { row, row } : [row])];
        for (int i = 0; i < rows.Length; i += 3)
        {
            rows[i].Weight = 2;
        }

        void Small(FastTreeRegressionTrainer.Options options)
        {
            options.NumberOfTrees = 5;
            options.NumberOfLeaves = 6;
            options.MinimumExampleCountPerLeaf = 1;
        }

        RegressionTreeEnsemble weighted = Train(rows, options =>
        {
            Small(options);
            options.ExampleWeightColumnName = nameof(TreeRow.Weight);
        });
        foreach (TreeRow row in doubled)
        {
            row.Weight = 1;
        }

        RegressionTreeEnsemble repeated = Train(doubled, Small);
        Assert.All(rows, row => Assert.Equal(TreeScores.Score(repeated, row.Features), TreeScores.Score(weighted, row.Features), 6));
    }

    [Fact]
    public void Where_nothing_can_be_split_there_is_no_tree()
    {
        TreeRow[] rows = [.. Enumerable.Range(0, 30).Select(i => new TreeRow { Features = [1, 2, 3, 4], Value = i })];
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> model = Fit(rows, _ => { });
        Assert.Empty(model.Model.TrainedTreeEnsemble.Trees);
        Assert.All(TreeScores.Column(model.Transform(_context.Data.LoadFromEnumerable(rows)), "Score"), score => Assert.Equal(0, score));
        Assert.Throws<InvalidOperationException>(() => Train(rows, options => options.AllowEmptyTrees = false));
    }

    [Fact]
    public void Feature_weights_are_in_units_of_the_largest()
    {
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> model = Fit(TreeRow.Random(400, 11), _ => { });
        VBuffer<float> weights = default;
        model.Model.GetFeatureWeights(ref weights);
        float[] dense = [.. weights.DenseValues()];
        Assert.Equal(TreeRow.Width, dense.Length);
        Assert.Equal(1, dense.Max());
        Assert.Equal(0, dense[3]); // constant
    }

    [Fact]
    public void Shrinkage_multiplies_the_step()
    {
        TreeRow[] rows = TreeRow.Random(200, 12);
        RegressionTreeEnsemble Of(double rate, double shrinkage) => Train(rows, options =>
        {
            options.LearningRate = rate;
            options.Shrinkage = shrinkage;
            options.NumberOfTrees = 5;
        });
        TreeScores.AssertEqual(Of(0.25, 1), Of(0.125, 2));
    }

    [Theory]
    [InlineData(nameof(FastTreeRegressionTrainer.Options.NumberOfLeaves))]
    [InlineData(nameof(FastTreeRegressionTrainer.Options.NumberOfTrees))]
    [InlineData(nameof(FastTreeRegressionTrainer.Options.NumberOfThreads))]
    [InlineData(nameof(FastTreeRegressionTrainer.Options.FeatureFraction))]
    [InlineData(nameof(FastTreeRegressionTrainer.Options.BaggingExampleFraction))]
    [InlineData(nameof(FastTreeRegressionTrainer.Options.Shrinkage))]
    public void Options_out_of_range_are_named_when_training_starts(string name)
    {
        void Spoil(FastTreeRegressionTrainer.Options options)
        {
            options.NumberOfLeaves = name == nameof(options.NumberOfLeaves) ? 1 : 20;
            options.NumberOfTrees = name == nameof(options.NumberOfTrees) ? 0 : 2;
            options.NumberOfThreads = name == nameof(options.NumberOfThreads) ? 0 : null;
            options.FeatureFraction = name == nameof(options.FeatureFraction) ? 1.5 : 1;
            options.BaggingExampleFraction = name == nameof(options.BaggingExampleFraction) ? -1 : 0.5;
            options.Shrinkage = name == nameof(options.Shrinkage) ? 0 : 1;
        }

        ArgumentOutOfRangeException fault = Assert.Throws<ArgumentOutOfRangeException>(() => Train(TreeRow.Random(50, 13), Spoil));
        Assert.Equal(name, fault.ParamName);
    }

    [Fact]
    public void Bags_divide_the_trees() =>
        Assert.Throws<InvalidOperationException>(() => Train(TreeRow.Random(50, 14), options =>
        {
            options.NumberOfTrees = 5;
            options.BaggingSize = 2;
        }));

    [Fact]
    public void Columns_must_be_there_and_of_their_types()
    {
        IDataView data = _context.Data.LoadFromEnumerable(TreeRow.Random(50, 15));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Regression.Trainers.FastTree(labelColumnName: "None").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Regression.Trainers.FastTree(nameof(TreeRow.IsLarge)).Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Regression.Trainers.FastTree(nameof(TreeRow.Value), nameof(TreeRow.Value)).Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _context.Regression.Trainers.FastTree(nameof(TreeRow.Value), exampleWeightColumnName: nameof(TreeRow.Class)).Fit(data));
    }

    [Fact]
    public void Training_is_lazy_about_nothing_and_scoring_about_everything()
    {
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> model = Fit(TreeRow.Random(100, 16), _ => { });
        int read = 0;
        IEnumerable<TreeRow> Counted()
        {
            foreach (TreeRow row in TreeRow.Random(10, 17))
            {
                read++;
                yield return row;
            }
        }

        IDataView scored = model.Transform(_context.Data.LoadFromEnumerable(Counted()));
        Assert.Equal(NumberDataViewType.Single, scored.Schema["Score"].Type);
        Assert.Equal(0, read);
        Assert.Equal(10, TreeScores.Column(scored, "Score").Length);
        Assert.Equal(10, read);
    }

    private RegressionTreeEnsemble Train(TreeRow[] rows, Action<FastTreeRegressionTrainer.Options> change) => Fit(rows, change).Model.TrainedTreeEnsemble;

    private RegressionPredictionTransformer<FastTreeRegressionModelParameters> Fit(TreeRow[] rows, Action<FastTreeRegressionTrainer.Options> change)
    {
        FastTreeRegressionTrainer.Options options = new() { LabelColumnName = nameof(TreeRow.Value) };
        change(options);
        return _context.Regression.Trainers.FastTree(options).Fit(_context.Data.LoadFromEnumerable(rows));
    }
}
