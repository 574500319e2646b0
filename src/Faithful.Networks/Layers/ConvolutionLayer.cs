using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>A convolution in three dimensions with a bias.</summary>
public sealed class ConvolutionLayer
{
    private readonly ParameterReference _weight;
    private readonly ParameterReference _bias;
    private readonly int _stride;
    private readonly bool _circular;

    /// <summary>Declares the layer's parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputChannels">The number of channels that go in.</param>
    /// <param name="outputChannels">The number of channels that come out.</param>
    /// <param name="kernel">The edge of the kernel in voxels.</param>
    /// <param name="stride">The step between two places.</param>
    /// <param name="circular">Whether the grid continues periodically beyond its edges.</param>
    /// <param name="initialization">How the weight starts.</param>
    public ConvolutionLayer(
        ParameterLayout layout,
        string name,
        int inputChannels,
        int outputChannels,
        int kernel,
        int stride,
        bool circular,
        ParameterInitialization initialization = ParameterInitialization.UniformFanIn)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _weight = layout.Add($"{name}.weight", initialization, outputChannels, inputChannels, kernel, kernel, kernel);
        _bias = layout.Add($"{name}.bias", ParameterInitialization.Zeros, outputChannels);
        _stride = stride;
        _circular = circular;
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="value">Shape (b, input channels, x, y, z).</param>
    /// <returns>Shape (b, output channels, x / stride, y / stride, z / stride).</returns>
    public TensorValue Apply(TensorValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        TensorOperations operations = value.Operations;
        return operations.Convolution(value, operations.Parameter(_weight), operations.Parameter(_bias), _stride, _circular);
    }
}
