using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Boosts trees that tell two classes apart; their scores are calibrated by the loss that they were trained with.</summary>
public sealed partial class FastTreeBinaryTrainer
    : BoostingFastTreeTrainerBase<FastTreeBinaryTrainer.Options,
        BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>,
        CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>
{
    // The steepness of the loss, and so of the calibrator, is twice the learning rate that the trainer was made with.
    private readonly double sigmoid;

    internal FastTreeBinaryTrainer(Options options)
        : base(options, BooleanDataViewType.Instance) =>
        sigmoid = 2 * options.LearningRate;

    /// <summary>As Fit on the training data: without a rule for early stopping FastTree's validation data change nothing.</summary>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Fit(
        IDataView trainData, IDataView validationData) => TrainTransformer(trainData, validationData);

    private protected override CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> TrainModelCore(
        IDataView trainSet, IDataView validationSet)
    {
        var rows = Read<bool>(trainSet, label => label ? 1 : 0);
        var labels = Array.ConvertAll(rows.Labels, label => label > 0);
        Contracts.Check(!FastTreeTrainerOptions.UnbalancedSets || (labels.Contains(true) && labels.Contains(false)), "Only one class in training set.");
        var trees = Boost(rows, new LogisticLoss(labels, sigmoid, FastTreeTrainerOptions.UnbalancedSets), FastTreeTrainerOptions.MaximumTreeOutput);
        return new CalibratedTrees(new FastTreeBinaryModelParameters(trees, rows.Features.Width), new PlattCalibrator(-sigmoid, 0));
    }

    private protected override BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> MakeTransformer(
        CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> model, DataViewSchema trainSchema) =>
        new(model, trainSchema, FeatureColumn.Name);

    private protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
    [
        new(ScoreNames.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, ScoreAnnotations.Shape()),
        new(ScoreNames.Probability, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, ScoreAnnotations.Shape(true)),
        new(ScoreNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false, ScoreAnnotations.Shape()),
    ];

    /// <summary>Options of the trainer.</summary>
    public sealed class Options : BoostedTreeOptions
    {
        /// <summary>Whether each class counts as much as the other, however many rows it has.</summary>
        public bool UnbalancedSets = false;
    }
}
