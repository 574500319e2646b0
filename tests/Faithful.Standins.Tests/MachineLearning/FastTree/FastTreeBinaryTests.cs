using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Standins.Tests.MachineLearning.FastTree;

/// <summary>FastTree tells two classes apart and says how sure it is.</summary>
public sealed class FastTreeBinaryTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void The_first_tree_takes_Newtons_step()
    {
        // The sigmoid is 2·rate, so at score 0 the gradient is ±rate, the curvature rate², and a leaf (p − n) / (p + n).
        TreeRow[] rows = [.. Enumerable.Range(0, 40).Select(i => new TreeRow { Features = [i / 20, 0, 0, 0], IsLarge = i >= 20 && i != 25 })];
        RegressionTree tree = Assert.Single(Fit(rows, options =>
        {
            options.NumberOfTrees = 1;
            options.NumberOfLeaves = 2;
            options.LearningRate = 0.3;
        }).Model.SubModel.TrainedTreeEnsemble.Trees);
        Assert.Equal(0.5f, tree.NumericalSplitThresholds[0]);
        Assert.Equal(-1, tree.LeafValues[0], 12);
        Assert.Equal((19.0 - 1) / 20, tree.LeafValues[1], 12);
    }

    [Fact]
    public void Scores_are_calibrated_by_the_loss()
    {
        TreeRow[] rows = TreeRow.Random(800, 1);
        var model = Fit(rows, options =>
        {
            options.NumberOfTrees = 15;
            options.LearningRate = 0.15;
        });
        PlattCalibrator calibrator = model.Model.Calibrator;
        Assert.Equal(-0.3, calibrator.Slope, 12);
        Assert.Equal(0, calibrator.Offset);
        Assert.Same(calibrator, ((CalibratedModelParametersBase)model.Model).Calibrator);
        Assert.Same(model.Model.SubModel, ((CalibratedModelParametersBase)model.Model).SubModel);
        Assert.True(float.IsNaN(calibrator.PredictProbability(float.NaN)));

        TreeRow[] asked = TreeRow.Random(100, 2);
        IDataView scored = model.Transform(_context.Data.LoadFromEnumerable(asked));
        float[] scores = TreeScores.Column(scored, "Score");
        float[] probabilities = TreeScores.Column(scored, "Probability");
        bool[] labels = [.. scored.GetColumn<bool>("PredictedLabel")];
        for (int i = 0; i < asked.Length; i++)
        {
            Assert.Equal((float)TreeScores.Score(model.Model.SubModel.TrainedTreeEnsemble, asked[i].Features), scores[i]);
            Assert.Equal((float)(1 / (1 + Math.Exp(-0.3 * scores[i]))), probabilities[i], 6);
            Assert.Equal(scores[i] > 0, labels[i]);
        }

        Assert.InRange(labels.Zip(asked).Count(pair => pair.First == pair.Second.IsLarge), 85, 100);
    }

    [Fact]
    public void The_largest_output_bounds_every_leaf()
    {
        RegressionTreeEnsemble trees = Fit(TreeRow.Random(300, 3), options => options.MaximumTreeOutput = 0.25).Model.SubModel.TrainedTreeEnsemble;
        Assert.All(trees.Trees.SelectMany(tree => tree.LeafValues), value => Assert.InRange(value, -0.25, 0.25));
    }

    [Fact]
    public void Unbalanced_classes_can_count_the_same()
    {
        // One positive among 20 rows without information: as many classes weigh the same, the leaf says neither.
        TreeRow[] rows = [.. Enumerable.Range(0, 80).Select(i => new TreeRow { Features = [i % 2, 0, 0, 0], IsLarge = i % 40 < 2 })];
        RegressionTree tree = Fit(rows, options =>
        {
            options.UnbalancedSets = true;
            options.NumberOfTrees = 1;
        }).Model.SubModel.TrainedTreeEnsemble.Trees[0];
        Assert.All(tree.LeafValues, value => Assert.Equal(0, value, 9));
        TreeRow[] single = [.. rows.Where(row => row.IsLarge)];
        Assert.Throws<InvalidOperationException>(() => Fit([.. single, .. single, .. single, .. single, .. single], options => options.UnbalancedSets = true));
    }

    [Fact]
    public void Labels_are_Boolean()
    {
        IDataView data = _context.Data.LoadFromEnumerable(TreeRow.Random(50, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.BinaryClassification.Trainers.FastTree(nameof(TreeRow.Value)).Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.BinaryClassification.Trainers.FastTree("None").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.BinaryClassification.Trainers.FastTree(nameof(TreeRow.IsLarge), "None").Fit(data));
    }

    [Fact]
    public void Trainer_options_reach_the_training()
    {
        IDataView data = _context.Data.LoadFromEnumerable(TreeRow.Random(200, 5));
        var model = _context.BinaryClassification.Trainers.FastTree(
            nameof(TreeRow.IsLarge), numberOfLeaves: 4, numberOfTrees: 7, minimumExampleCountPerLeaf: 5, learningRate: 0.1).Fit(data);
        Assert.Equal(7, model.Model.SubModel.TrainedTreeEnsemble.Trees.Count);
        Assert.All(model.Model.SubModel.TrainedTreeEnsemble.Trees, tree => Assert.InRange(tree.NumberOfLeaves, 2, 4));
        Assert.Equal(-0.2, model.Model.Calibrator.Slope, 12);
        Assert.Equal("Features", model.FeatureColumnName);
    }

    private BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Fit(
        TreeRow[] rows, Action<FastTreeBinaryTrainer.Options> change)
    {
        FastTreeBinaryTrainer.Options options = new() { LabelColumnName = nameof(TreeRow.IsLarge) };
        change(options);
        return _context.BinaryClassification.Trainers.FastTree(options).Fit(_context.Data.LoadFromEnumerable(rows));
    }
}
