using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Boosts trees that fit numbers by least squares.</summary>
public sealed partial class FastTreeRegressionTrainer
    : BoostingFastTreeTrainerBase<FastTreeRegressionTrainer.Options, RegressionPredictionTransformer<FastTreeRegressionModelParameters>,
        FastTreeRegressionModelParameters>
{
    internal FastTreeRegressionTrainer(Options options)
        : base(options, NumberDataViewType.Single)
    {
    }

    /// <summary>As Fit on the training data: without a rule for early stopping FastTree's validation data change nothing.</summary>
    public RegressionPredictionTransformer<FastTreeRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        TrainTransformer(trainData, validationData);

    private protected override FastTreeRegressionModelParameters TrainModelCore(IDataView trainSet, IDataView validationSet)
    {
        var rows = Read<float>(trainSet, label => label);
        var trees = Boost(rows, new SquaredLoss(rows.Labels), double.PositiveInfinity);
        return new FastTreeRegressionModelParameters(trees, rows.Features.Width);
    }

    private protected override RegressionPredictionTransformer<FastTreeRegressionModelParameters> MakeTransformer(
        FastTreeRegressionModelParameters model, DataViewSchema trainSchema) =>
        new(model, trainSchema, FeatureColumn.Name);

    private protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
        [new(ScoreNames.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, ScoreAnnotations.Shape())];

    /// <summary>Options of the trainer.</summary>
    public sealed class Options : BoostedTreeOptions
    {
    }
}
