using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Operations;

/// <summary>
/// The numbers of one network on one device: the flat parameter buffer, and the constant tables.
/// </summary>
public sealed class NetworkState : IDisposable
{
    private readonly ParameterLayout _layout;
    private readonly long[] _sizes;
    private readonly Dictionary<ConstantReference, Tensor> _constants = new(ReferenceEqualityComparer.Instance);

    /// <summary>Places parameters and constants on a device.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="values">The flat parameter values, in layout order.</param>
    /// <param name="device">The device.</param>
    /// <param name="precision">float32, or float64 for checks of gradients.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the layout.</exception>
    public NetworkState(ParameterLayout layout, float[] values, Device device, ScalarType precision = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != layout.Count)
        {
            throw new ArgumentException($"expected {layout.Count} parameter values, found {values.Length}", nameof(values));
        }

        _layout = layout;
        _sizes = [.. layout.Parameters.Select(parameter => parameter.Count)];
        Flat = torch.tensor(values, dtype: precision, device: device, requires_grad: true).DetachFromDisposeScope();
        foreach (ConstantReference constant in layout.Constants)
        {
            _constants[constant] = torch.tensor(constant.Values.ToArray(), constant.Shape.ToArray(), dtype: precision, device: device)
                .DetachFromDisposeScope();
        }
    }

    /// <summary>Gets the flat parameter buffer, shape (parameters); a leaf that gathers gradients.</summary>
    public Tensor Flat { get; }

    /// <summary>Gets each parameter as a view of the flat buffer; autograd leads through the views to the buffer.</summary>
    /// <param name="precision">The type of the numbers; another than the buffer's rounds the whole buffer once.</param>
    /// <returns>One tensor a parameter, in layout order.</returns>
    public Tensor[] Views(ScalarType? precision = null)
    {
        // One split, so that the backward pass is one concatenation: narrow would fill a buffer of zeros for every parameter.
        Tensor[] parts = Flat.to(precision ?? Flat.dtype).split(_sizes, 0L);
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = parts[i].view([.. _layout.Parameters[i].Shape]);
        }

        return parts;
    }

    /// <summary>Gets a constant table on the device.</summary>
    /// <param name="constant">The constant.</param>
    /// <returns>Its tensor.</returns>
    public Tensor Constant(ConstantReference constant) => _constants[constant];

    /// <summary>Copies the parameters to the host.</summary>
    /// <returns>The flat parameter values, in layout order.</returns>
    public float[] ToArray()
    {
        using Tensor host = Flat.detach().to(ScalarType.Float32).cpu();
        return host.data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flat.Dispose();
        foreach (Tensor tensor in _constants.Values)
        {
            tensor.Dispose();
        }
    }
}
