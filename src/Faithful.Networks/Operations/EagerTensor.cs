using TorchSharp;

namespace Faithful.Networks.Operations;

/// <summary>A value that stands for a TorchSharp tensor.</summary>
/// <param name="operations">The interpreter.</param>
/// <param name="tensor">The tensor.</param>
public sealed class EagerTensor(EagerOperations operations, torch.Tensor tensor) : TensorValue(operations)
{
    private torch.Tensor? _rounded;

    /// <summary>Initialises a value of which a version in bfloat16 is there already.</summary>
    internal EagerTensor(EagerOperations operations, torch.Tensor tensor, torch.Tensor? rounded)
        : this(operations, tensor)
    {
        _rounded = rounded;
    }

    /// <summary>Gets the tensor.</summary>
    public torch.Tensor Tensor { get; } = tensor;

    /// <summary>Gets the tensor in bfloat16; rounded once, however many products it goes into.</summary>
    internal torch.Tensor Rounded => _rounded ??= Tensor.to(torch.ScalarType.BFloat16);
}
