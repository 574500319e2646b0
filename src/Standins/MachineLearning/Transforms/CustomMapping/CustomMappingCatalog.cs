using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms by the user's own code.</summary>
public static class CustomMappingCatalog
{
    /// <summary>
    /// <paramref name="contractName"/> is the contract of the factory that gives the code again when a model is loaded, or null for a
    /// mapping that is never saved.
    /// </summary>
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(
        this TransformsCatalog catalog,
        Action<TSrc, TDst> mapAction,
        string contractName,
        SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class, new()
        where TDst : class, new()
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new CustomMappingEstimator<TSrc, TDst>(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition);
    }
}
