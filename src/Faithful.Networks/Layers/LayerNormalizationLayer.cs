using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>A layer normalisation with trained scale and shift.</summary>
public sealed class LayerNormalizationLayer
{
    private readonly ParameterReference _scale;
    private readonly ParameterReference _shift;

    /// <summary>Declares the layer's parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="width">The width of a row.</param>
    public LayerNormalizationLayer(ParameterLayout layout, string name, int width)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _scale = layout.Add($"{name}.scale", ParameterInitialization.Ones, width);
        _shift = layout.Add($"{name}.shift", ParameterInitialization.Zeros, width);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="value">Shape (n, width).</param>
    /// <returns>The same shape.</returns>
    public TensorValue Apply(TensorValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        TensorOperations operations = value.Operations;
        return operations.LayerNormalization(value, operations.Parameter(_scale), operations.Parameter(_shift));
    }
}
