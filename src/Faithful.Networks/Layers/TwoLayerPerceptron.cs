using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>Two linear layers with a SiLU between them.</summary>
public sealed class TwoLayerPerceptron
{
    private readonly LinearLayer _first;
    private readonly LinearLayer _second;
    private readonly double _dropout;

    /// <summary>Declares the parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="inputWidth">The width of the input.</param>
    /// <param name="hiddenWidth">The width between the layers.</param>
    /// <param name="outputWidth">The width of the output.</param>
    /// <param name="lastInitialization">How the second weight starts: zeros make a residual branch start as the identity.</param>
    /// <param name="dropout">The share of hidden values that training drops.</param>
    public TwoLayerPerceptron(
        ParameterLayout layout,
        string name,
        int inputWidth,
        int hiddenWidth,
        int outputWidth,
        ParameterInitialization lastInitialization = ParameterInitialization.UniformFanIn,
        double dropout = 0)
    {
        _first = new LinearLayer(layout, $"{name}.first", inputWidth, hiddenWidth);
        _second = new LinearLayer(layout, $"{name}.second", hiddenWidth, outputWidth, initialization: lastInitialization);
        _dropout = dropout;
    }

    /// <summary>Applies both layers.</summary>
    /// <param name="value">Shape (n, input width).</param>
    /// <returns>Shape (n, output width).</returns>
    public TensorValue Apply(TensorValue value)
    {
        TensorValue hidden = _first.Apply(value);
        hidden = hidden.Operations.Silu(hidden);
        return _second.Apply(_dropout > 0 ? hidden.Operations.Dropout(hidden, _dropout) : hidden);
    }
}
