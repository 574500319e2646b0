using Faithful.Networks.Operations;

namespace Faithful.Onnx;

/// <summary>A value that stands for a named value of an ONNX graph.</summary>
internal sealed class RecordedTensor(TensorOperations operations, string name) : TensorValue(operations)
{
    /// <summary>Gets the name in the graph.</summary>
    public string Name { get; } = name;
}
