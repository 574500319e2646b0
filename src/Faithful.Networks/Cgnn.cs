using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks;

/// <summary>
/// Crystal graph neural network: node, edge and global vectors, edges to every atom within a radius, skip connections, the
/// answer read from the global vector (Nop et al. 2025, Methods, DOI 10.1038/s41524-025-01655-w). A message is the neighbour's
/// vector times a trained function of the distance, a continuous-filter convolution (Schütt et al. 2017, arXiv:1706.08566).
/// Edges carry lengths only and nodes are averaged, so the answer does not depend on orientation, origin, order of atoms,
/// choice of basis, or supercell.
/// </summary>
/// <remarks>Letters: D width, R width of the radial basis.</remarks>
public sealed class Cgnn : Network
{
    private readonly ElementEmbedding _elements;
    private readonly EdgeGeometry _geometry;
    private readonly GlobalVector _global;
    private readonly Block[] _blocks;
    private readonly LayerNormalizationLayer _headNormalization;
    private readonly TwoLayerPerceptron _head;

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its options, valid.</param>
    /// <param name="specification">What it is to predict.</param>
    public Cgnn(CgnnOptions options, NetworkSpecification specification)
        : base(specification)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool usesSymmetry = specification.Task.UsesSymmetry;
        Inputs =
        [
            .. new[] { ModelInput.AtomicNumbers, ModelInput.Positions, ModelInput.EdgeSource, ModelInput.EdgeTarget, ModelInput.EdgeImage }
                .Union(GlobalVector.Inputs(usesSymmetry)),
        ];
        int width = options.Width;
        _elements = new ElementEmbedding(Layout, "elements", width);
        _geometry = new EdgeGeometry(Layout, "edges", options.Cutoff, options.RadialFunctions);
        _global = new GlobalVector(Layout, "global", usesSymmetry, width);
        _blocks = [.. Enumerable.Range(0, options.Blocks).Select(i => new Block(Layout, $"blocks.{i}", width, _geometry.Width))];
        _headNormalization = new LayerNormalizationLayer(Layout, "head.normalization", width);
        _head = new TwoLayerPerceptron(Layout, "head", width, 2 * width, specification.Task.OutputWidth);
    }

    /// <inheritdoc/>
    public override string Name => "cgnn";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelInput> Inputs { get; }

    /// <inheritdoc/>
    protected override TensorValue Compute(TensorOperations operations)
    {
        TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
        TensorValue atomCounts = _global.AtomCounts(operations); // (crystals, 1)
        TensorValue logVolumePerAtom = _global.LogVolumePerAtom(operations, atomCounts); // (crystals, 1)
        var edges = new Edges(
            operations.Input(ModelInput.EdgeSource),
            operations.Input(ModelInput.EdgeTarget),
            _geometry.Apply(operations, logVolumePerAtom)); // (edges, R)
        TensorValue nodes = _elements.Apply(operations.Input(ModelInput.AtomicNumbers)); // (atoms, D)
        TensorValue global = _global.Apply(operations, atomCounts, logVolumePerAtom); // (crystals, D)
        foreach (Block block in _blocks)
        {
            (nodes, global) = block.Apply(nodes, global, edges, crystal, atomCounts);
        }

        return _head.Apply(_headNormalization.Apply(global));
    }

    /// <summary>The edges of a batch: far end, receiving end, and radial basis that vanishes at the cutoff, shape (edges, R).</summary>
    private sealed record Edges(TensorValue Source, TensorValue Target, TensorValue Basis);

    /// <summary>One round of messages: nodes hear their neighbours, the global vector hears the mean of the nodes.</summary>
    private sealed class Block(ParameterLayout layout, string name, int width, int radialFunctions)
    {
        private readonly LayerNormalizationLayer _nodeNormalization = new(layout, $"{name}.node_normalization", width);
        private readonly LinearLayer _source = new(layout, $"{name}.source", width, width, bias: false);
        private readonly LinearLayer _filter = new(layout, $"{name}.filter", radialFunctions, width, bias: false);
        private readonly LinearLayer _self = new(layout, $"{name}.self", width, width);
        private readonly LinearLayer _fromGlobal = new(layout, $"{name}.from_global", width, width, bias: false);
        private readonly LayerNormalizationLayer _heardNormalization = new(layout, $"{name}.heard_normalization", width);
        private readonly TwoLayerPerceptron _node = new(layout, $"{name}.node", width, width, width);
        private readonly LayerNormalizationLayer _globalNormalization = new(layout, $"{name}.global_normalization", 2 * width);
        private readonly TwoLayerPerceptron _global = new(layout, $"{name}.global", 2 * width, 2 * width, width);

        public (TensorValue Nodes, TensorValue Global) Apply(
            TensorValue nodes, TensorValue global, Edges edges, TensorValue crystal, TensorValue atomCounts)
        {
            TensorOperations operations = nodes.Operations;
            TensorValue normal = _nodeNormalization.Apply(nodes); // (atoms, D)
            TensorValue messages = operations.Gather(_source.Apply(normal), edges.Source) * _filter.Apply(edges.Basis); // (edges, D)
            TensorValue heard = operations.SegmentSum(messages, edges.Target, nodes)
                + _self.Apply(normal)
                + operations.Gather(_fromGlobal.Apply(global), crystal); // (atoms, D)
            nodes += _node.Apply(_heardNormalization.Apply(heard));

            TensorValue mean = operations.SegmentMean(nodes, crystal, atomCounts); // (crystals, D)
            global += _global.Apply(_globalNormalization.Apply(operations.Concatenate(global, mean)));
            return (nodes, global);
        }
    }
}
