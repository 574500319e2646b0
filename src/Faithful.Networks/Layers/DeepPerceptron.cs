using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>Linear layers with a leaky ReLU after each, as the paper's code has them; the last may stay linear.</summary>
public sealed class DeepPerceptron
{
    private const double Slope = 0.01;

    private readonly LinearLayer[] _layers;
    private readonly bool _endsLinear;

    /// <summary>Declares the parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="inputWidth">The width of the input.</param>
    /// <param name="widths">The width after each layer.</param>
    /// <param name="endsLinear">Whether the last layer has no leaky ReLU.</param>
    public DeepPerceptron(ParameterLayout layout, string name, int inputWidth, IReadOnlyList<int> widths, bool endsLinear = false)
    {
        ArgumentNullException.ThrowIfNull(widths);
        _layers = [.. widths.Select((width, i) => new LinearLayer(layout, $"{name}.{i}", i == 0 ? inputWidth : widths[i - 1], width))];
        _endsLinear = endsLinear;
    }

    /// <summary>Applies the layers.</summary>
    /// <param name="value">Shape (n, input width).</param>
    /// <returns>Shape (n, last width).</returns>
    public TensorValue Apply(TensorValue value)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            value = _layers[i].Apply(value);
            value = _endsLinear && i == _layers.Length - 1 ? value : value.Operations.LeakyRectify(value, Slope);
        }

        return value;
    }
}
