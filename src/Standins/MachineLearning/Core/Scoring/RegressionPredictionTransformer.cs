namespace Microsoft.ML.Data;

/// <summary>Adds Score.</summary>
public sealed class RegressionPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal RegressionPredictionTransformer(TModel model, DataViewSchema trainSchema, string featureColumn)
        : base(model, trainSchema, featureColumn)
    {
    }

    private protected override string SavedKind => SavedPredictions.Regression;

    private protected override IRowMapper MakeRowMapper(DataViewSchema inputSchema, DataViewSchema.Column features) =>
        new RegressionScoreMapper(inputSchema, features, (IScalarModel)Model);
}
