using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A model being written. Outside of the package it can only be passed on.</summary>
public sealed class ModelSaveContext : IDisposable
{
    private readonly BinaryWriter writer;

    internal ModelSaveContext(BinaryWriter writer) => this.writer = writer;

    public void Dispose() => writer.Flush();

    internal void Write(ISavedStep step) => writer.WriteStep(step);
}
