using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>The fault of saving one of these transformers by ML.NET's own format, into which only ML.NET can write.</summary>
internal static class UnsavedStep
{
    /// <summary>Makes the exception.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <returns>The exception, which names the way that works.</returns>
    public static NotSupportedException Fault(ITransformer transformer) => new(
        $"ML.NET's model files can hold no {transformer.GetType().Name}; save the model with mlContext.Model.SaveCrystals(transformer, schema, path) " +
        "and load it with mlContext.Model.LoadCrystals(path, out schema).");
}
