namespace Microsoft.ML.Data;

/// <summary>How a value of one .NET type stands in a model file.</summary>
internal sealed record Codec<T>(Action<BinaryWriter, T> Write, Func<BinaryReader, T> Read);
