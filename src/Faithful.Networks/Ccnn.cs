using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks;

/// <summary>
/// Crystal convolutional neural network: atoms are drawn, antialiased, on a grid over the cell's fractional cube together with a
/// filling channel and what the global vector adds, convolutions follow, then a fully connected head (Nop et al. 2025, Methods,
/// DOI 10.1038/s41524-025-01655-w). With the default options the grid is periodic as the crystal is, the answer is the same for
/// every origin that is a whole number of voxels away, and voxels are read back at the atoms and averaged over them (Liu et al.
/// 2019, arXiv:1907.03739), so that the empty voxels around an atom do not dilute what is there.
/// </summary>
/// <remarks>Letters: b crystals, n atoms, C channels, N voxels along an axis, D width of the global vector.</remarks>
public sealed class Ccnn : Network
{
    private const int Elements = ElementEmbedding.TableRows;
    private const int SiteSymmetries = SiteElectrons.SiteSymmetries;

    private readonly CcnnOptions _options;
    private readonly AtomVectors _atoms;
    private readonly LinearLayer? _atomChannels;
    private readonly ConstantReference _filling;
    private readonly VoxelGrid _grid;
    private readonly GlobalVector _global;
    private readonly LinearLayer? _metric;
    private readonly LayerNormalizationLayer? _globalNormalization;
    private readonly LinearLayer? _uniformVolume;
    private readonly FullVolume? _fullVolume;
    private readonly VoxelStage[] _stages;
    private readonly TwoLayerPerceptron? _atomHead;
    private readonly LayerNormalizationLayer? _headNormalization;
    private readonly LinearLayer[] _head;

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its options, valid.</param>
    /// <param name="specification">What it is to predict.</param>
    public Ccnn(CcnnOptions options, NetworkSpecification specification)
        : base(options, specification)
    {
        _options = options;
        bool usesSymmetry = options.ReadsSymmetry(specification.Task.UsesSymmetry), usesSites = usesSymmetry && options.UsesSites;
        int width = options.Width;
        _atoms = new AtomVectors(Layout, options, usesSites);
        _atomChannels = options.EmbedsElements ? new LinearLayer(Layout, "atom_channels", _atoms.Width, options.AtomChannels) : null;
        int channels = 1 + (options.EmbedsElements ? options.AtomChannels : _atoms.Width);
        _filling = Layout.AddConstant("filling", [.. Enumerable.Repeat(1f, Elements)], Elements, 1);
        _grid = new VoxelGrid(Layout, "grid", options.Grid, options.Margin);
        _global = new GlobalVector(Layout, "global", usesSymmetry, width, options.Global, options.Dropout);
        _metric = options.UsesCellMetric ? new LinearLayer(Layout, "metric", CellShape.Width + 1, width, bias: false) : null;
        _globalNormalization = options.Global == GlobalEncoding.LatticeSines
            ? null
            : new LayerNormalizationLayer(Layout, "global_normalization", width);
        Inputs =
        [
            .. new[] { ModelInput.AtomicNumbers, ModelInput.Positions, ModelInput.CrystalIndex, ModelInput.Lattices }
                .Union(_global.Inputs)
                .Union(usesSites ? [ModelInput.SiteSymmetries] : []),
        ];
        if (options.Volume == CcnnVolume.Full)
        {
            _fullVolume = new FullVolume(Layout, "volume", width, options.Grid);
            channels += FullVolume.Channels;
        }
        else
        {
            _uniformVolume = new LinearLayer(Layout, "volume", width, options.Stages[0].Channels, bias: false);
        }

        _stages = new VoxelStage[options.Stages.Count];
        for (int i = 0; i < _stages.Length; i++)
        {
            _stages[i] = new VoxelStage(Layout, $"stages.{i}", channels, options.Stages[i], options);
            channels = options.Stages[i].Channels;
        }

        int voxels = options.KeepsPhases ? options.Grid : options.Stages.Aggregate(options.Grid, (left, stage) => stage.Shrink(left));
        int headWidth = width + channels * (options.PoolsVoxels ? 1 : voxels * voxels * voxels);
        if (options.ReadsAtAtoms)
        {
            _atomHead = new TwoLayerPerceptron(Layout, "atom_head", channels + _atoms.Width, 2 * width, width);
            headWidth += width;
        }

        _headNormalization = options.NormalizesHead ? new LayerNormalizationLayer(Layout, "head.normalization", headWidth) : null;
        int[] widths = [headWidth, .. options.HeadWidths, specification.Task.OutputWidth];
        _head = [.. Enumerable.Range(0, widths.Length - 1).Select(i => new LinearLayer(Layout, $"head.{i}", widths[i], widths[i + 1]))];
    }

    /// <inheritdoc/>
    public override string Name => "ccnn";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelInput> Inputs { get; }

    /// <inheritdoc/>
    protected override TensorValue Compute(TensorOperations operations)
    {
        TensorValue atomCounts = _global.AtomCounts(operations); // (b, 1)
        TensorValue source = Global(operations, atomCounts); // (b, D)
        TensorValue global = _globalNormalization is null ? Activate(source) : source;
        TensorValue atoms = _atoms.Apply(operations); // (n, A)
        VoxelGrid.Weights trilinear = _grid.Trilinear(operations);
        var grid = new VoxelStage.Phases(Draw(atoms, source, trilinear, out int channels), channels, _options.Grid, []);
        TensorValue? shift = _uniformVolume?.Apply(global);
        foreach (VoxelStage stage in _stages)
        {
            grid = stage.Apply(grid, global, shift);
            shift = null;
        }

        List<TensorValue> parts = [_options.PoolsVoxels ? grid.Mean() : grid.Flatten(), global];
        if (_atomHead is not null)
        {
            TensorValue read = _grid.Read(grid.Join(), grid.Channels, trilinear); // (n, C)
            TensorValue heard = _atomHead.Apply(operations.Concatenate(read, atoms)); // (n, D)
            parts.Add(operations.SegmentMean(heard, operations.Input(ModelInput.CrystalIndex), atomCounts));
        }

        return Head(operations.Concatenate(parts));
    }

    /// <summary>What volumes are made of; the paper's code has it without the activation that stages and head see.</summary>
    private TensorValue Global(TensorOperations operations, TensorValue atomCounts)
    {
        TensorValue logVolumePerAtom = _global.LogVolumePerAtom(operations, atomCounts);
        TensorValue global = _global.Apply(operations, atomCounts, logVolumePerAtom);
        if (_metric is not null)
        {
            // A voxel is as long as the cell: what is seen on the grid has a scale only together with these.
            global += _metric.Apply(operations.Concatenate(CellShape.Shape(operations, logVolumePerAtom), logVolumePerAtom));
        }

        return _globalNormalization?.Apply(global) ?? global;
    }

    private TensorValue Activate(TensorValue value) =>
        _options.IsSmooth ? value.Operations.Silu(value) : value.Operations.LeakyRectify(value, 0.01);

    /// <summary>Draws the atoms and the global volume, shape (b, channels, N, N, N).</summary>
    private TensorValue Draw(TensorValue atoms, TensorValue source, VoxelGrid.Weights trilinear, out int channels)
    {
        TensorOperations operations = atoms.Operations;
        TensorValue filling = operations.Gather(operations.Constant(_filling), operations.Input(ModelInput.AtomicNumbers)); // (n, 1)
        TensorValue features = _atomChannels?.Apply(atoms) ?? atoms;
        int width = _atomChannels is null ? _atoms.Width : _options.AtomChannels;
        channels = 1 + width;
        if (_options.WeightsFeatures && _fullVolume is null)
        {
            return _grid.Write(operations.Concatenate(filling, features), channels, trilinear);
        }

        List<TensorValue> parts =
        [
            _grid.Write(filling, 1, trilinear),
            _grid.Write(features, width, _options.WeightsFeatures ? trilinear : _grid.Nearest(operations)),
        ];
        if (_fullVolume is not null)
        {
            parts.Add(_fullVolume.Apply(source));
            channels += FullVolume.Channels;
        }

        TensorValue[] lines = [.. parts.Select(part => operations.Reshape(part, 0, -1))]; // channels lie one after the other
        return operations.Reshape(operations.Concatenate(lines), 0, channels, _options.Grid, _options.Grid, _options.Grid);
    }

    private TensorValue Head(TensorValue value)
    {
        TensorOperations operations = value.Operations;
        value = _headNormalization?.Apply(value) ?? value;
        for (int i = 0; i < _head.Length; i++)
        {
            value = _head[i].Apply(value);
            if (i < _head.Length - 1)
            {
                value = operations.Dropout(Activate(value), _options.Dropout);
            }
        }

        return value;
    }

    /// <summary>The vectors of atoms: embedded, or as the tables have them.</summary>
    private sealed class AtomVectors
    {
        private readonly AtomEmbedding? _embedding;
        private readonly ConstantReference? _table;
        private readonly ParameterReference? _sites;

        public AtomVectors(ParameterLayout layout, CcnnOptions options, bool usesSites)
        {
            if (options.EmbedsElements)
            {
                Width = options.Width;
                _embedding = new AtomEmbedding(layout, "atoms", Width, options.Elements, usesSites);
                return;
            }

            float[] table = ElementEmbedding.Table(options.Elements);
            Width = table.Length / Elements;
            _table = layout.AddConstant("atoms.table", table, Elements, Width);
            _sites = usesSites ? layout.Add("atoms.sites", ParameterInitialization.Normal, SiteSymmetries, Width) : null;
        }

        public int Width { get; }

        public TensorValue Apply(TensorOperations operations)
        {
            if (_embedding is not null)
            {
                return _embedding.Apply(operations);
            }

            TensorValue vectors = operations.Gather(operations.Constant(_table!), operations.Input(ModelInput.AtomicNumbers));
            return _sites is null
                ? vectors
                : vectors + operations.Gather(operations.Parameter(_sites), operations.Input(ModelInput.SiteSymmetries));
        }
    }

    /// <summary>v_g = NN′(g): two layers to a grid of half the size, from which each voxel has eight children of two channels.</summary>
    private sealed class FullVolume(ParameterLayout layout, string name, int sourceWidth, int size)
    {
        public const int Channels = 2;

        private const int HiddenWidth = 300;

        private readonly LinearLayer _hidden = new(layout, $"{name}.hidden", sourceWidth, HiddenWidth);
        private readonly LinearLayer _half = new(layout, $"{name}.half", HiddenWidth, size / 2 * (size / 2) * (size / 2));
        private readonly LinearLayer _children = new(layout, $"{name}.children", 1, 8 * Channels);

        public TensorValue Apply(TensorValue source)
        {
            TensorOperations operations = source.Operations;
            int half = size / 2;
            TensorValue values = _half.Apply(operations.LeakyRectify(_hidden.Apply(source), 0.01)); // (b, half³)
            TensorValue children = _children.Apply(operations.Reshape(operations.LeakyRectify(values, 0.01), -1, 1)); // (b · half³, 16)
            TensorValue axes = operations.Reshape(children, -1, half, half, half, Channels, 2, 2, 2);
            return operations.Reshape(operations.Permute(axes, 0, 4, 1, 5, 2, 6, 3, 7), -1, Channels, size, size, size);
        }
    }
}
