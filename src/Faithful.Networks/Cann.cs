using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks;

/// <summary>
/// Crystal attention neural network: attention over the set of atoms, a token being element ⊕ position ⊕ global vector, with
/// skip connections past each layer (Nop et al. 2025, Methods, DOI 10.1038/s41524-025-01655-w). By default positions enter as
/// distances to the atoms around and as phases that turn queries and keys, padding is masked, and the mean of the tokens feeds
/// the global vector, from which the answer is read.
/// </summary>
/// <remarks>Letters: D width, L atoms of the largest crystal of the batch, b crystals.</remarks>
public sealed class Cann : Network
{
    private readonly CannOptions _options;
    private readonly GlobalVector _global;
    private readonly AtomEmbedding _atoms;
    private readonly LocalEnvironment? _environment;
    private readonly RotaryPhases? _phases;
    private readonly AttentionBlock[] _blocks = [];
    private readonly LayerNormalizationLayer? _headNormalization;
    private readonly TwoLayerPerceptron? _head;
    private readonly SeedReader? _seeds;

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its options, valid.</param>
    /// <param name="specification">What it is to predict.</param>
    public Cann(CannOptions options, NetworkSpecification specification)
        : base(options, specification)
    {
        _options = options;
        ModelTask task = specification.Task;
        bool symmetry = options.ReadsSymmetry(task.UsesSymmetry), relative = options.Positions == TokenPosition.Relative;
        int width = options.Width;
        _global = new GlobalVector(Layout, "global", symmetry, width, options.Global, options.Dropout);
        _atoms = new AtomEmbedding(Layout, "elements", width, options.Elements, symmetry && options.Global == GlobalEncoding.Invariant);
        bool edges = relative && options.Cutoff > 0;
        Inputs =
        [
            .. new[] { ModelInput.Positions, ModelInput.CrystalIndex, ModelInput.Lattices }.Union(_global.Inputs).Union(_atoms.Inputs)
                .Union(edges ? [ModelInput.EdgeSource, ModelInput.EdgeTarget, ModelInput.EdgeImage] : []),
        ];
        if (options.Pooling == TokenPooling.Seeds)
        {
            _seeds = new SeedReader(Layout, options, task.OutputWidth);
            return;
        }

        _environment = edges ? new LocalEnvironment(Layout, "environment", width, options.Cutoff) : null;
        _phases = relative && options.Attention == AttentionKind.Full ? new RotaryPhases(Layout, "phases", width, options.Heads) : null;
        _blocks = [.. Enumerable.Range(0, options.Blocks).Select(i => new AttentionBlock(Layout, $"blocks.{i}", options, _phases))];
        _headNormalization = new LayerNormalizationLayer(Layout, "head.normalization", width);
        _head = new TwoLayerPerceptron(Layout, "head", width, 2 * width, task.OutputWidth, dropout: options.Dropout);
    }

    /// <inheritdoc/>
    public override string Name => "cann";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelInput> Inputs { get; }

    /// <inheritdoc/>
    protected override TensorValue Compute(TensorOperations operations)
    {
        TensorValue atomCounts = _global.AtomCounts(operations); // (b, 1)
        TensorValue logVolumePerAtom = _global.LogVolumePerAtom(operations, atomCounts); // (b, 1)
        TensorValue tokens = _atoms.Apply(operations); // (atoms, D)
        TensorValue global = _global.Apply(operations, atomCounts, logVolumePerAtom); // (b, D)
        if (_seeds is not null)
        {
            return _seeds.Apply(operations, tokens, global, atomCounts);
        }

        if (_environment is not null)
        {
            tokens += _environment.Apply(operations, tokens, logVolumePerAtom);
        }

        (TensorValue, TensorValue)? angles = _phases?.Angles(operations);
        foreach (AttentionBlock block in _blocks)
        {
            (tokens, global) = block.Apply(tokens, global, angles, atomCounts);
        }

        return _head!.Apply(operations.Dropout(_headNormalization!.Apply(global), _options.Dropout));
    }

    /// <summary>Attention, then a perceptron for every token, then the global vector hears the mean of the tokens; each with a skip.</summary>
    private sealed class AttentionBlock
    {
        private readonly CannOptions _options;
        private readonly RotaryPhases? _phases;
        private readonly LayerNormalizationLayer _normalization, _tokenNormalization, _globalNormalization;
        private readonly LinearLayer _queryFirst, _querySecond, _keyFirst, _keySecond, _values, _joined, _fromGlobal;
        private readonly TwoLayerPerceptron _token, _global;
        private readonly ParameterReference? _inducingPoints;

        public AttentionBlock(ParameterLayout layout, string name, CannOptions options, RotaryPhases? phases)
        {
            int width = options.Width;
            _options = options;
            _phases = phases;
            _normalization = new LayerNormalizationLayer(layout, $"{name}.normalization", width);
            _queryFirst = new LinearLayer(layout, $"{name}.query_first", width, width / 2, bias: false);
            _querySecond = new LinearLayer(layout, $"{name}.query_second", width, width / 2, bias: false);
            _keyFirst = new LinearLayer(layout, $"{name}.key_first", width, width / 2, bias: false);
            _keySecond = new LinearLayer(layout, $"{name}.key_second", width, width / 2, bias: false);
            _values = new LinearLayer(layout, $"{name}.values", width, width, bias: false);
            _joined = new LinearLayer(layout, $"{name}.joined", width, width);
            _fromGlobal = new LinearLayer(layout, $"{name}.from_global", width, width, bias: false);
            _tokenNormalization = new LayerNormalizationLayer(layout, $"{name}.token_normalization", width);
            _token = new TwoLayerPerceptron(layout, $"{name}.token", width, 2 * width, width, dropout: options.Dropout);
            _globalNormalization = new LayerNormalizationLayer(layout, $"{name}.global_normalization", 2 * width);
            _global = new TwoLayerPerceptron(layout, $"{name}.global", 2 * width, 2 * width, width, dropout: options.Dropout);
            _inducingPoints = options.Attention == AttentionKind.Induced
                ? layout.Add($"{name}.inducing_points", ParameterInitialization.Normal, 1, options.InducingPoints, width)
                : null;
        }

        public (TensorValue Tokens, TensorValue Global) Apply(
            TensorValue tokens, TensorValue global, (TensorValue, TensorValue)? angles, TensorValue atomCounts)
        {
            TensorOperations operations = tokens.Operations;
            TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
            TensorValue normal = _normalization.Apply(tokens); // (atoms, D)
            TensorValue mask = operations.PadMask(crystal, atomCounts); // (b, L, 1)
            TensorValue queries = operations.Pad(Columns(_queryFirst, _querySecond), crystal, atomCounts); // (b, L, D)
            TensorValue keys = operations.Pad(Columns(_keyFirst, _keySecond), crystal, atomCounts);
            TensorValue values = operations.Pad(_values.Apply(normal), crystal, atomCounts);
            TensorValue heard;
            if (_inducingPoints is null)
            {
                heard = operations.Attention(queries, keys, values, mask, _options.Heads);
            }
            else
            {
                TensorValue points = operations.Expand(operations.Parameter(_inducingPoints), atomCounts); // (b, m, D)
                TensorValue gathered = operations.Attention(points, keys, values, mask, _options.Heads);
                heard = operations.Attention(queries, gathered, gathered, null, _options.Heads);
            }

            tokens += _joined.Apply(operations.Unpad(heard, crystal)) + operations.Gather(_fromGlobal.Apply(global), crystal);
            tokens += _token.Apply(_tokenNormalization.Apply(tokens));
            TensorValue mean = operations.SegmentMean(tokens, crystal, atomCounts); // (b, D)
            return (tokens, global + _global.Apply(_globalNormalization.Apply(operations.Concatenate(global, mean))));

            TensorValue Columns(LinearLayer first, LinearLayer second) => angles is { } known
                ? _phases!.Turn(first.Apply(normal), second.Apply(normal), known)
                : operations.Concatenate(first.Apply(normal), second.Apply(normal));
        }
    }

    /// <summary>The paper's code: a block over the tokens, twelve seeds that attend to them and to each other, the first of which is read.</summary>
    private sealed class SeedReader
    {
        private const int Seeds = 12;

        private readonly CannOptions _options;
        private readonly PositionEncoding _positions;
        private readonly ParameterReference _seeds;
        private readonly MultiHeadBlock[] _encoder;
        private readonly LinearLayer _between;
        private readonly MultiHeadBlock _reader, _among;
        private readonly DeepPerceptron _head;

        public SeedReader(ParameterLayout layout, CannOptions options, int outputs)
        {
            int width = options.Width, tokenWidth = 2 * width + PositionEncoding.Width;
            _options = options;
            _positions = new PositionEncoding(layout, "positions");
            _encoder =
            [
                .. Enumerable.Range(0, options.Blocks).Select(i => new MultiHeadBlock(
                    layout, $"encoder.{i}", i == 0 ? tokenWidth : width, i == 0 ? tokenWidth : width, options)),
            ];
            _between = new LinearLayer(layout, "between", width, width);
            _seeds = layout.Add("seeds", ParameterInitialization.Normal, 1, Seeds, width);
            _reader = new MultiHeadBlock(layout, "reader", width, width, options);
            _among = new MultiHeadBlock(layout, "among", width, width, options);
            _head = new DeepPerceptron(layout, "head", width, [width, width / 2, width / 4, outputs], endsLinear: true);
        }

        public TensorValue Apply(TensorOperations operations, TensorValue atoms, TensorValue global, TensorValue atomCounts)
        {
            TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
            TensorValue own = operations.Concatenate(atoms, _positions.Apply(operations));
            TensorValue? mask = _options.Masked ? operations.PadMask(crystal, atomCounts) : null;
            TensorValue padded = _options.Masked ? operations.Pad(own, crystal, atomCounts) : Forty(operations, own, atomCounts); // (b, L, ·)
            TensorValue everywhere = operations.Columns(padded, 0, 1) * 0 + operations.Reshape(global, 0, 1, -1); // (b, L, D)
            TensorValue tokens = operations.Concatenate(padded, everywhere);
            foreach (MultiHeadBlock block in _encoder)
            {
                tokens = block.Apply(tokens, tokens, mask);
            }

            TensorValue seeds = _reader.Apply(operations.Expand(operations.Parameter(_seeds), atomCounts), _between.Apply(tokens), mask);
            return _head.Apply(operations.MatrixRow(_among.Apply(seeds, seeds, null), 0));
        }

        /// <summary>Always forty tokens, zeros where there is no atom: without a mask the number of zeros matters.</summary>
        private TensorValue Forty(TensorOperations operations, TensorValue own, TensorValue atomCounts)
        {
            TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
            TensorValue number = operations.CumulativeSum(operations.Columns(own, 0, 1) * 0 + 1) + -1; // 0, 1, … through the batch
            TensorValue first = operations.CumulativeSum(atomCounts) - atomCounts;
            TensorValue place = number - operations.Gather(first, crystal)
                + SpeciesBins.Column(operations, crystal) * CannOptions.PaperAtoms;
            TensorValue rows = operations.PlaceRows(own, SpeciesBins.Row(operations, place), atomCounts, CannOptions.PaperAtoms);
            int width = _options.Width + PositionEncoding.Width;
            return operations.Reshape(rows, -1, CannOptions.PaperAtoms, width);
        }
    }

    /// <summary>LayerNorm(q + attention(q, k, v)), then LayerNorm(h + perceptron(h)), as in the paper's code.</summary>
    private sealed class MultiHeadBlock
    {
        private readonly int _heads;
        private readonly DeepPerceptron _query, _key, _value, _perceptron;
        private readonly LinearLayer _queries, _keys, _values, _joined;
        private readonly LayerNormalizationLayer _first, _second;

        public MultiHeadBlock(ParameterLayout layout, string name, int queryWidth, int keyWidth, CannOptions options)
        {
            int width = options.Width;
            _heads = options.Heads;
            _query = new DeepPerceptron(layout, $"{name}.query", queryWidth, [width]);
            _key = new DeepPerceptron(layout, $"{name}.key", keyWidth, [width]);
            _value = new DeepPerceptron(layout, $"{name}.value", keyWidth, [width]);
            _queries = new LinearLayer(layout, $"{name}.queries", width, width);
            _keys = new LinearLayer(layout, $"{name}.keys", width, width);
            _values = new LinearLayer(layout, $"{name}.values", width, width);
            _joined = new LinearLayer(layout, $"{name}.joined", width, width);
            _first = new LayerNormalizationLayer(layout, $"{name}.first", width);
            _perceptron = new DeepPerceptron(layout, $"{name}.perceptron", width, [width, width / 2, width / 2, width]);
            _second = new LayerNormalizationLayer(layout, $"{name}.second", width);
        }

        public TensorValue Apply(TensorValue queryTokens, TensorValue keyTokens, TensorValue? mask)
        {
            TensorOperations operations = queryTokens.Operations;
            TensorValue query = _query.Apply(queryTokens), key = _key.Apply(keyTokens), value = _value.Apply(keyTokens);
            TensorValue heard = operations.Attention(_queries.Apply(query), _keys.Apply(key), _values.Apply(value), mask, _heads);
            TensorValue hidden = _first.Apply(query + _joined.Apply(heard));
            return _second.Apply(hidden + _perceptron.Apply(hidden));
        }
    }
}
