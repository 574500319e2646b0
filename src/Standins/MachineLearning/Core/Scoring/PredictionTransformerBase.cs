namespace Microsoft.ML.Data;

/// <summary>Adds the scores of a model.</summary>
public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable
    where TModel : class
{
    private bool isDisposed;

    private protected PredictionTransformerBase(TModel model, DataViewSchema trainSchema)
    {
        Contracts.CheckValue(model, nameof(model));
        Contracts.CheckValue(trainSchema, nameof(trainSchema));
        Model = model;
        TrainSchema = trainSchema;
    }

    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>Of the data that the model was trained on.</summary>
    internal DataViewSchema TrainSchema { get; }

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new RowMappedDataView(input, MakeRowMapper(input.Schema));
    }

    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        (Model as IDisposable)?.Dispose();
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return new RowMappedDataView(new EmptyDataView(inputSchema), MakeRowMapper(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private protected abstract IRowMapper MakeRowMapper(DataViewSchema inputSchema);
}
