using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Predicts one object at a time; not for several threads at once.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer transformer;
    private readonly bool ownsTransformer;
    private readonly ObjectRow<TSrc> input;
    private readonly Action<TDst> fill;
    private bool isDisposed;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options)
    {
        Contracts.CheckValue(transformer, nameof(transformer));
        Contracts.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "An engine predicts row by row, but the transformer does not map row to row.");
        this.transformer = transformer;
        ownsTransformer = options.OwnsTransformer;
        input = new ObjectRow<TSrc>(ObjectColumn.OfType(typeof(TSrc), options.InputSchemaDefinition, SchemaDefinition.Direction.Read));
        var mapper = transformer.GetRowToRowMapper(input.Schema);
        var reader = new ObjectReader<TDst>(mapper.OutputSchema, options.IgnoreMissingColumns, options.OutputSchemaDefinition);
        fill = reader.Bind(mapper.GetRow(input, mapper.OutputSchema));
        OutputSchema = transformer.GetOutputSchema(input.Schema);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        input.Dispose();
        if (ownsTransformer)
        {
            (transformer as IDisposable)?.Dispose();
        }
    }

    private protected void ExtractValues(TSrc example) => input.Set(example);

    private protected void FillValues(TDst prediction) => fill(prediction);
}
