namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel, a key whose values are those of the label, and Score, a number for each class.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal readonly string LabelColumn;

    private readonly string scoreColumn;
    private readonly string predictedLabelColumn;

    internal MulticlassPredictionTransformer(
        TModel model,
        DataViewSchema trainSchema,
        string featureColumn,
        string labelColumn,
        string scoreColumn = ScoreNames.Score,
        string predictedLabelColumn = ScoreNames.PredictedLabel)
        : base(model, trainSchema, featureColumn)
    {
        LabelColumn = labelColumn;
        this.scoreColumn = scoreColumn;
        this.predictedLabelColumn = predictedLabelColumn;
    }

    private protected override string SavedKind => SavedPredictions.Multiclass;

    private protected override void WriteOptions(BinaryWriter writer)
    {
        writer.Write(LabelColumn ?? string.Empty);
        writer.Write(scoreColumn);
        writer.Write(predictedLabelColumn);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema inputSchema, DataViewSchema.Column features) =>
        new MulticlassScoreMapper(inputSchema, features, (IVectorModel)Model,
            LabelColumn is null ? null : TrainSchema.GetColumnOrNull(LabelColumn), scoreColumn, predictedLabelColumn);
}
