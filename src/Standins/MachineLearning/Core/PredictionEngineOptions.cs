using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>How an engine binds its two types.</summary>
public sealed class PredictionEngineOptions
{
    /// <summary>Members of the output type that no column fills keep their values; otherwise they are a fault.</summary>
    public bool IgnoreMissingColumns = true;

    public SchemaDefinition InputSchemaDefinition;

    public SchemaDefinition OutputSchemaDefinition;

    /// <summary>Disposing of the engine disposes of the transformer.</summary>
    public bool OwnsTransformer = true;
}
