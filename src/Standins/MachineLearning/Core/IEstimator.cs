namespace Microsoft.ML;

/// <summary>Learns a transformer from data. Whether it can is answered from the schema alone.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    TTransformer Fit(IDataView input);

    /// <summary>What the transformer's output will look like; throws where the input does not fit.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
