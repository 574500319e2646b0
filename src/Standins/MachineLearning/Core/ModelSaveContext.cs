using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A model being written. Outside of the package it can only be passed on.</summary>
public sealed class ModelSaveContext : IDisposable
{
    private readonly BinaryWriter _writer;

    internal ModelSaveContext(BinaryWriter writer) => _writer = writer;

    public void Dispose() => _writer.Flush();

    internal void Write(ISavedStep step) => _writer.WriteStep(step);
}
