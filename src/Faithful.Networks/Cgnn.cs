using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks;

/// <summary>
/// Crystal graph neural network: node, edge and global vectors, edges to every atom within a radius, skip connections, the
/// answer read from the global vector (Nop et al. 2025, Methods, DOI 10.1038/s41524-025-01655-w). By default a message is the
/// neighbour's vector times a trained function of the distance, a continuous-filter convolution (Schütt et al. 2017,
/// arXiv:1706.08566), edges carry lengths only and nodes are averaged, so the answer does not depend on orientation, origin,
/// order of atoms, choice of basis, or supercell.
/// </summary>
/// <remarks>Letters: D width, R width of the radial basis.</remarks>
public sealed class Cgnn : Network
{
    private readonly CgnnOptions _options;
    private readonly AtomEmbedding _atoms;
    private readonly GlobalVector _global;
    private readonly EdgeGeometry? _geometry;
    private readonly FilterBlock[] _filterBlocks;
    private readonly GraphNetwork? _graphNetwork;
    private readonly LayerNormalizationLayer? _headNormalization;
    private readonly TwoLayerPerceptron? _head;
    private readonly DeepPerceptron? _deepHead;

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its options, valid.</param>
    /// <param name="specification">What it is to predict.</param>
    public Cgnn(CgnnOptions options, NetworkSpecification specification)
        : base(options, specification)
    {
        _options = options;
        ModelTask task = specification.Task;
        bool symmetry = options.ReadsSymmetry(task.UsesSymmetry), vectors = options.Edges == EdgeEncoding.Vectors;
        int width = options.Width;
        _atoms = new AtomEmbedding(Layout, "elements", width, options.Elements, symmetry && options.Global == GlobalEncoding.Invariant);
        _global = new GlobalVector(Layout, "global", symmetry, width, options.Global, options.Dropout);
        Inputs =
        [
            .. new[] { ModelInput.Positions, ModelInput.Lattices, ModelInput.CrystalIndex, ModelInput.EdgeSource, ModelInput.EdgeTarget, ModelInput.EdgeImage }
                .Union(_atoms.Inputs).Union(_global.Inputs),
        ];
        if (vectors)
        {
            _filterBlocks = [];
            _graphNetwork = new GraphNetwork(Layout, width, options);
            _deepHead = new DeepPerceptron(Layout, "head", width, [2 * width, width, width / 2, task.OutputWidth], endsLinear: true);
        }
        else
        {
            _geometry = new EdgeGeometry(Layout, "edges", options.Cutoff, options.RadialFunctions);
            _filterBlocks = [.. Enumerable.Range(0, options.Blocks).Select(i => new FilterBlock(Layout, $"blocks.{i}", width, _geometry.Width, options))];
            _headNormalization = new LayerNormalizationLayer(Layout, "head.normalization", width);
            _head = new TwoLayerPerceptron(Layout, "head", width, 2 * width, task.OutputWidth, dropout: options.Dropout);
        }
    }

    /// <inheritdoc/>
    public override string Name => "cgnn";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelInput> Inputs { get; }

    /// <inheritdoc/>
    protected override TensorValue Compute(TensorOperations operations)
    {
        TensorValue atomCounts = _global.AtomCounts(operations); // (crystals, 1)
        TensorValue logVolumePerAtom = _global.LogVolumePerAtom(operations, atomCounts); // (crystals, 1)
        TensorValue nodes = _atoms.Apply(operations); // (atoms, D)
        TensorValue global = _global.Apply(operations, atomCounts, logVolumePerAtom); // (crystals, D)
        if (_graphNetwork is not null)
        {
            return _deepHead!.Apply(_graphNetwork.Apply(nodes, EdgeGeometry.Vectors(operations), global, atomCounts));
        }

        var edges = new Edges(
            operations.Input(ModelInput.EdgeSource),
            operations.Input(ModelInput.EdgeTarget),
            _geometry!.Apply(operations, logVolumePerAtom)); // (edges, R)
        foreach (FilterBlock block in _filterBlocks)
        {
            (nodes, global) = block.Apply(nodes, global, edges, atomCounts);
        }

        return _head!.Apply(operations.Dropout(_headNormalization!.Apply(global), _options.Dropout));
    }

    private static TensorValue Gather(NodePooling pooling, TensorValue rows, TensorValue segment, TensorValue counts) =>
        pooling == NodePooling.Mean
            ? rows.Operations.SegmentMean(rows, segment, counts)
            : rows.Operations.SegmentSum(rows, segment, counts);

    /// <summary>The edges of a batch: far end, receiving end, and radial basis that vanishes at the cutoff, shape (edges, R).</summary>
    private sealed record Edges(TensorValue Source, TensorValue Target, TensorValue Basis);

    /// <summary>One round of messages: nodes hear their neighbours, the global vector hears the mean of the nodes.</summary>
    private sealed class FilterBlock(ParameterLayout layout, string name, int width, int radialFunctions, CgnnOptions options)
    {
        private readonly LayerNormalizationLayer _nodeNormalization = new(layout, $"{name}.node_normalization", width);
        private readonly LinearLayer _source = new(layout, $"{name}.source", width, width, bias: false);
        private readonly ParameterReference _filter = layout.Add($"{name}.filter.weight", ParameterInitialization.UniformFanIn, width, radialFunctions);
        private readonly LinearLayer _self = new(layout, $"{name}.self", width, width);
        private readonly LinearLayer _fromGlobal = new(layout, $"{name}.from_global", width, width, bias: false);
        private readonly LayerNormalizationLayer _heardNormalization = new(layout, $"{name}.heard_normalization", width);
        private readonly TwoLayerPerceptron _node = new(layout, $"{name}.node", width, width, width, dropout: options.Dropout);
        private readonly LayerNormalizationLayer _globalNormalization = new(layout, $"{name}.global_normalization", 2 * width);
        private readonly TwoLayerPerceptron _global = new(layout, $"{name}.global", 2 * width, 2 * width, width, dropout: options.Dropout);

        public (TensorValue Nodes, TensorValue Global) Apply(TensorValue nodes, TensorValue global, Edges edges, TensorValue atomCounts)
        {
            TensorOperations operations = nodes.Operations;
            TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
            TensorValue normal = _nodeNormalization.Apply(nodes); // (atoms, D)
            TensorValue heard = operations.FilteredSum(
                    _source.Apply(normal), edges.Source, edges.Basis, operations.Parameter(_filter), edges.Target, nodes)
                + _self.Apply(normal)
                + operations.Gather(_fromGlobal.Apply(global), crystal); // (atoms, D)
            nodes += _node.Apply(_heardNormalization.Apply(heard));

            TensorValue gathered = Gather(options.Pooling, nodes, crystal, atomCounts); // (crystals, D)
            global += _global.Apply(_globalNormalization.Apply(operations.Concatenate(global, gathered)));
            return (nodes, global);
        }
    }

    /// <summary>
    /// The graph network of the paper's code (Battaglia et al. 2018, arXiv:1806.01261): edges, then nodes, then the global vector
    /// are renewed from everything around them, each with a skip connection. Sums over edges and nodes as there.
    /// </summary>
    private sealed class GraphNetwork
    {
        private readonly NodePooling _pooling;
        private readonly DeepPerceptron _edge, _node, _global;
        private readonly (DeepPerceptron Edge, DeepPerceptron Node, DeepPerceptron Global)[] _rounds;

        public GraphNetwork(ParameterLayout layout, int width, CgnnOptions options)
        {
            int[] three = [width, width, width], four = [.. three, width];
            _pooling = options.Pooling;
            _edge = new DeepPerceptron(layout, "embed.edge", 4, three);
            _node = new DeepPerceptron(layout, "embed.node", width, four);
            _global = new DeepPerceptron(layout, "embed.global", width, four);
            _rounds =
            [
                .. Enumerable.Range(0, options.Blocks).Select(i => (
                    new DeepPerceptron(layout, $"blocks.{i}.edge", 4 * width, four),
                    new DeepPerceptron(layout, $"blocks.{i}.node", 3 * width, four),
                    new DeepPerceptron(layout, $"blocks.{i}.global", 3 * width, four))),
            ];
        }

        public TensorValue Apply(TensorValue nodes, TensorValue vectors, TensorValue global, TensorValue atomCounts)
        {
            TensorOperations operations = nodes.Operations;
            TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
            TensorValue source = operations.Input(ModelInput.EdgeSource), target = operations.Input(ModelInput.EdgeTarget);
            TensorValue edgeCrystal = operations.Gather(crystal, target);
            TensorValue edges = _edge.Apply(vectors);
            nodes = _node.Apply(nodes);
            global = _global.Apply(global);
            foreach ((DeepPerceptron edge, DeepPerceptron node, DeepPerceptron all) in _rounds)
            {
                edges += edge.Apply(operations.Concatenate(
                    edges, operations.Gather(nodes, source), operations.Gather(nodes, target), operations.Gather(global, edgeCrystal)));
                TensorValue received = operations.SegmentSum(edges, target, nodes);

                // The paper's code gathers sent edges too; each edge has its opposite, which is received, so nothing is lost here.
                nodes += node.Apply(operations.Concatenate(nodes, received, operations.Gather(global, crystal)));
                TensorValue edgesOfCrystal = operations.SegmentSum(received, crystal, atomCounts);
                global += all.Apply(operations.Concatenate(
                    Pool(edgesOfCrystal), Gather(_pooling, nodes, crystal, atomCounts), global));
            }

            return global;

            TensorValue Pool(TensorValue sum) => _pooling == NodePooling.Mean ? sum / atomCounts : sum;
        }
    }
}
