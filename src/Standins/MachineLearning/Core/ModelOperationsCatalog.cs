using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is done with transformers that were fitted.</summary>
public sealed partial class ModelOperationsCatalog : IInternalCatalog
{
    private readonly LocalEnvironment environment;

    internal ModelOperationsCatalog(LocalEnvironment environment) => this.environment = environment;

    LocalEnvironment IInternalCatalog.Environment => environment;

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
        ITransformer transformer,
        bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() =>
        new(transformer, new PredictionEngineOptions
        {
            IgnoreMissingColumns = ignoreMissingColumns,
            InputSchemaDefinition = inputSchemaDefinition,
            OutputSchemaDefinition = outputSchemaDefinition,
        });

    /// <summary>The input type takes the sizes and annotations of <paramref name="inputSchema"/>, as a loaded model brings them.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new()
    {
        var definition = SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Read);
        definition.TakeTypesFrom(inputSchema);
        return new(transformer, new PredictionEngineOptions { IgnoreMissingColumns = false, InputSchemaDefinition = definition });
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new() =>
        new(transformer, options);
}
