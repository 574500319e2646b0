using Faithful.Models;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// What is around an atom: the sum over its neighbours of their vectors times a trained function of the distance, which knows
/// neither orientation nor origin.
/// </summary>
public sealed class LocalEnvironment
{
    private const int RadialFunctions = 24;

    private readonly EdgeGeometry _geometry;
    private readonly LinearLayer _source;
    private readonly LinearLayer _filter;
    private readonly LayerNormalizationLayer _normalization;
    private readonly TwoLayerPerceptron _perceptron;

    /// <summary>Declares the parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="width">The width of the atoms' vectors.</param>
    /// <param name="cutoff">The radius of the neighbour graph in Å.</param>
    public LocalEnvironment(ParameterLayout layout, string name, int width, double cutoff)
    {
        _geometry = new EdgeGeometry(layout, $"{name}.edges", cutoff, RadialFunctions);
        _source = new LinearLayer(layout, $"{name}.source", width, width, bias: false);
        _filter = new LinearLayer(layout, $"{name}.filter", _geometry.Width, width, bias: false);
        _normalization = new LayerNormalizationLayer(layout, $"{name}.normalization", width);
        _perceptron = new TwoLayerPerceptron(layout, $"{name}.perceptron", width, width, width);
    }

    /// <summary>Describes what is around each atom.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atoms">The atoms' vectors, shape (atoms, width).</param>
    /// <param name="logVolumePerAtom">log Å³, shape (crystals, 1).</param>
    /// <returns>Shape (atoms, width).</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue atoms, TensorValue logVolumePerAtom)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue filters = _filter.Apply(_geometry.Apply(operations, logVolumePerAtom)); // (edges, width)
        TensorValue messages = operations.Gather(_source.Apply(atoms), operations.Input(ModelInput.EdgeSource)) * filters;
        TensorValue heard = operations.SegmentSum(messages, operations.Input(ModelInput.EdgeTarget), atoms);
        return _perceptron.Apply(_normalization.Apply(heard));
    }
}
