namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel and Score, and for a calibrated model Probability.</summary>
public sealed class BinaryPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal readonly float Threshold;

    internal BinaryPredictionTransformer(TModel model, DataViewSchema trainSchema, string featureColumn, float threshold = 0)
        : base(model, trainSchema, featureColumn) =>
        Threshold = threshold;

    private protected override string SavedKind => SavedPredictions.Binary;

    private protected override void WriteOptions(BinaryWriter writer) => writer.Write(Threshold);

    private protected override IRowMapper MakeRowMapper(DataViewSchema inputSchema, DataViewSchema.Column features) =>
        new BinaryScoreMapper(inputSchema, features, (IScalarModel)Model, Threshold);
}
