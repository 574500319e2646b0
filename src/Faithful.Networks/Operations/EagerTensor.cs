using TorchSharp;

namespace Faithful.Networks.Operations;

/// <summary>A value that stands for a TorchSharp tensor.</summary>
/// <param name="operations">The interpreter.</param>
/// <param name="tensor">The tensor.</param>
public sealed class EagerTensor(EagerOperations operations, torch.Tensor tensor) : TensorValue(operations)
{
    /// <summary>Gets the tensor.</summary>
    public torch.Tensor Tensor { get; } = tensor;
}
