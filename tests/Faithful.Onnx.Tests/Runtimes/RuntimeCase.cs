namespace Faithful.Onnx.Tests.Runtimes;

/// <summary>A model and the batches that it is to answer; the arrays of a batch are in a file of its name, as JSON and for NumPy.</summary>
public sealed record RuntimeCase(string Name, string Model, IReadOnlyList<string> Batches);
