using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Standins.Tests.MachineLearning.FastTree;

/// <summary>Trees come back from a file as they went in.</summary>
public sealed class TreeModelFileTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;

    public TreeModelFileTests() => _data = _context.Data.LoadFromEnumerable(TreeRow.Random(300, 1));

    [Fact]
    public void A_regression()
    {
        var model = _context.Regression.Trainers.FastTree(nameof(TreeRow.Value), numberOfTrees: 5).Fit(_data);
        var loaded = Assert.IsType<RegressionPredictionTransformer<FastTreeRegressionModelParameters>>(Reload(model));
        TreeScores.AssertEqual(model.Model.TrainedTreeEnsemble, loaded.Model.TrainedTreeEnsemble);
        Assert.Equal(TreeScores.Column(model.Transform(_data), "Score"), TreeScores.Column(loaded.Transform(_data), "Score"));
    }

    [Fact]
    public void A_classifier_of_two_classes_with_its_calibrator()
    {
        var model = _context.BinaryClassification.Trainers.FastTree(nameof(TreeRow.IsLarge), numberOfTrees: 5).Fit(_data);
        var loaded = Assert.IsType<BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>>(Reload(model));
        TreeScores.AssertEqual(model.Model.SubModel.TrainedTreeEnsemble, loaded.Model.SubModel.TrainedTreeEnsemble);
        Assert.Equal(model.Model.Calibrator.Slope, loaded.Model.Calibrator.Slope);
        Assert.Equal(TreeScores.Column(model.Transform(_data), "Probability"), TreeScores.Column(loaded.Transform(_data), "Probability"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_classifier_of_many_classes(bool useProbabilities)
    {
        var model = _context.MulticlassClassification.Trainers.OneVersusAll(
            _context.BinaryClassification.Trainers.FastTree(nameof(TreeRow.Class), numberOfTrees: 4), nameof(TreeRow.Class), useProbabilities: useProbabilities).Fit(_data);
        var loaded = Assert.IsType<MulticlassPredictionTransformer<OneVersusAllModelParameters>>(Reload(model));
        Assert.Equal(model.Transform(_data).GetColumn<float[]>("Score"), loaded.Transform(_data).GetColumn<float[]>("Score"));
        Assert.Equal(model.Transform(_data).GetColumn<uint>("PredictedLabel"), loaded.Transform(_data).GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void A_chain_that_ends_in_trees()
    {
        var chain = _context.Transforms.Concatenate("Both", "Features", nameof(TreeRow.Weight))
            .Append(_context.Regression.Trainers.FastTree(nameof(TreeRow.Value), "Both", numberOfTrees: 3)).Fit(_data);
        Assert.Equal(TreeScores.Column(chain.Transform(_data), "Score"), TreeScores.Column(Reload(chain).Transform(_data), "Score"));
    }

    private ITransformer Reload(ITransformer model)
    {
        using MemoryStream stream = new();
        _context.Model.Save(model, _data.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }
}
