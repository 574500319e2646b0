using Faithful.Networks.Operations;

namespace Faithful.Onnx;

/// <summary>A value that stands for a named value of an ONNX graph.</summary>
internal sealed class RecordedTensor(TensorOperations operations, string name, int rank, IReadOnlyList<long>? shape = null)
    : TensorValue(operations)
{
    /// <summary>Gets the name in the graph.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the number of axes.</summary>
    public int Rank { get; } = rank;

    /// <summary>Gets the shape of a parameter, a constant or an input, and of rows of these; −1 for an open size, null where nobody needs to know.</summary>
    public IReadOnlyList<long>? Shape { get; } = shape;
}
