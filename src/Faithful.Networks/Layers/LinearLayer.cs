using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>A linear layer, y = x · Wᵀ + b.</summary>
public sealed class LinearLayer
{
    private readonly ParameterReference _weight;
    private readonly ParameterReference? _bias;

    /// <summary>Declares the layer's parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputWidth">The width of x.</param>
    /// <param name="outputWidth">The width of y.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <param name="initialization">How W starts.</param>
    public LinearLayer(
        ParameterLayout layout,
        string name,
        int inputWidth,
        int outputWidth,
        bool bias = true,
        ParameterInitialization initialization = ParameterInitialization.UniformFanIn)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _weight = layout.Add($"{name}.weight", initialization, outputWidth, inputWidth);
        _bias = bias ? layout.Add($"{name}.bias", ParameterInitialization.Zeros, outputWidth) : null;
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="value">Shape (n, input width).</param>
    /// <returns>Shape (n, output width).</returns>
    public TensorValue Apply(TensorValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        TensorOperations operations = value.Operations;
        return operations.Linear(value, operations.Parameter(_weight), _bias is null ? null : operations.Parameter(_bias));
    }
}
