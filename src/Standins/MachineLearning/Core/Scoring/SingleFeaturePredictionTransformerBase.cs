namespace Microsoft.ML.Data;

/// <summary>Adds the scores of a model that takes one column of features.</summary>
public abstract class SingleFeaturePredictionTransformerBase<TModel>
    : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>, ISavedStep
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(TModel model, DataViewSchema trainSchema, string featureColumn)
        : base(model, trainSchema)
    {
        Contracts.CheckNonEmpty(featureColumn, nameof(featureColumn));
        FeatureColumnName = featureColumn;
        FeatureColumnType = trainSchema.GetColumnOrNull(featureColumn)?.Type
            ?? throw Contracts.MissingColumn(nameof(featureColumn), "feature", featureColumn);
    }

    string ISavedStep.Kind => SavedKind;

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return new ColumnBindings(inputSchema, MakeRowMapper(inputSchema).GetOutputColumns()).Schema;
    }

    private protected sealed override IRowMapper MakeRowMapper(DataViewSchema inputSchema)
    {
        var column = inputSchema.GetColumnOrNull(FeatureColumnName)
            ?? throw Contracts.MissingColumn(nameof(inputSchema), "feature", FeatureColumnName);
        if (!column.Type.Equals(FeatureColumnType))
        {
            throw Contracts.SchemaMismatch(nameof(inputSchema), "feature", FeatureColumnName, FeatureColumnType.ToString(), column.Type.ToString());
        }

        return MakeRowMapper(inputSchema, column);
    }

    void ISavedStep.Write(BinaryWriter writer)
    {
        SavedPredictions.Write(writer, Model, TrainSchema, FeatureColumnName);
        WriteOptions(writer);
    }

    private protected abstract string SavedKind { get; }

    private protected virtual void WriteOptions(BinaryWriter writer)
    {
    }

    private protected abstract IRowMapper MakeRowMapper(DataViewSchema inputSchema, DataViewSchema.Column features);

    private protected sealed override void SaveModel(ModelSaveContext ctx) => ctx.Write(this);
}
