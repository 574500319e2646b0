using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>Two linear layers with a SiLU between them.</summary>
public sealed class TwoLayerPerceptron
{
    private readonly LinearLayer _first;
    private readonly LinearLayer _second;

    /// <summary>Declares the parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="inputWidth">The width of the input.</param>
    /// <param name="hiddenWidth">The width between the layers.</param>
    /// <param name="outputWidth">The width of the output.</param>
    /// <param name="lastInitialization">How the second weight starts: zeros make a residual branch start as the identity.</param>
    public TwoLayerPerceptron(
        ParameterLayout layout,
        string name,
        int inputWidth,
        int hiddenWidth,
        int outputWidth,
        ParameterInitialization lastInitialization = ParameterInitialization.UniformFanIn)
    {
        _first = new LinearLayer(layout, $"{name}.first", inputWidth, hiddenWidth);
        _second = new LinearLayer(layout, $"{name}.second", hiddenWidth, outputWidth, initialization: lastInitialization);
    }

    /// <summary>Applies both layers.</summary>
    /// <param name="value">Shape (n, input width).</param>
    /// <returns>Shape (n, output width).</returns>
    public TensorValue Apply(TensorValue value)
    {
        TensorValue hidden = _first.Apply(value);
        return _second.Apply(hidden.Operations.Silu(hidden));
    }
}
