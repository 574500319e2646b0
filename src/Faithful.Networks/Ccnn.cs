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
    private const int Elements = 119; // atomic number 0 stands for nothing
    private const int SiteSymmetries = 33; // 0 stands for an unknown one

    private readonly CcnnOptions _options;
    private readonly AtomVectors _atoms;
    private readonly LinearLayer? _atomChannels;
    private readonly ConstantReference _filling;
    private readonly VoxelGrid _grid;
    private readonly GlobalVectors _global;
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
        _global = new GlobalVectors(Layout, options, usesSymmetry);
        Inputs =
        [
            .. new[] { ModelInput.AtomicNumbers, ModelInput.Positions, ModelInput.CrystalIndex, ModelInput.Lattices }
                .Union(_global.Inputs)
                .Union(usesSites ? [ModelInput.SiteSymmetries] : []),
        ];
        int width = options.Width;
        _atoms = new AtomVectors(Layout, options, usesSites);
        _atomChannels = options.EmbedsElements ? new LinearLayer(Layout, "atom_channels", _atoms.Width, options.AtomChannels) : null;
        int channels = 1 + (options.EmbedsElements ? options.AtomChannels : _atoms.Width);
        _filling = Layout.AddConstant("filling", [.. Enumerable.Repeat(1f, Elements)], Elements, 1);
        _grid = new VoxelGrid(Layout, "grid", options.Grid, options.Margin);
        if (options.Volume == CcnnVolume.Full)
        {
            _fullVolume = new FullVolume(Layout, "volume", _global.SourceWidth, options.Grid);
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
        (TensorValue source, TensorValue global, TensorValue atomCounts) = _global.Apply(operations); // (b, S), (b, D), (b, 1)
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
                value = _options.IsSmooth ? operations.Silu(value) : operations.LeakyRectify(value, 0.01);
                value = operations.Dropout(value, _options.Dropout);
            }
        }

        return value;
    }

    /// <summary>The vectors of atoms: element, and site symmetry where it may be used.</summary>
    private sealed class AtomVectors
    {
        private readonly ElementEmbedding? _embedding;
        private readonly ConstantReference? _table;
        private readonly ParameterReference? _sites;

        public AtomVectors(ParameterLayout layout, CcnnOptions options, bool usesSites)
        {
            if (options.EmbedsElements)
            {
                Width = options.Width;
                _embedding = new ElementEmbedding(layout, "elements", Width, options.Elements);
            }
            else
            {
                float[] table = ElementEmbedding.Table();
                Width = table.Length / Elements;
                _table = layout.AddConstant("elements.table", table, Elements, Width);
            }

            _sites = usesSites ? layout.Add("sites", ParameterInitialization.Normal, SiteSymmetries, Width) : null;
        }

        public int Width { get; }

        public TensorValue Apply(TensorOperations operations)
        {
            TensorValue atomicNumbers = operations.Input(ModelInput.AtomicNumbers);
            TensorValue vectors = _embedding?.Apply(atomicNumbers) ?? operations.Gather(operations.Constant(_table!), atomicNumbers);
            return _sites is null
                ? vectors
                : vectors + operations.Gather(operations.Parameter(_sites), operations.Input(ModelInput.SiteSymmetries));
        }
    }

    /// <summary>The global vector: what volumes are made of (S components), and what stages and head see (D components).</summary>
    private sealed class GlobalVectors
    {
        private readonly GlobalVector? _global;
        private readonly CellMetric? _metric;
        private readonly LayerNormalizationLayer? _normalization;
        private readonly SinusoidalGlobalVector? _sinusoids;
        private readonly LinearLayer? _projection;
        private readonly ConstantReference? _ones;
        private readonly bool _isSmooth;

        public GlobalVectors(ParameterLayout layout, CcnnOptions options, bool usesSymmetry)
        {
            _isSmooth = options.IsSmooth;
            if (options.Global != GlobalEncoding.LatticeSines)
            {
                SourceWidth = options.Width;
                _global = new GlobalVector(layout, "global", usesSymmetry, SourceWidth, options.Global, options.Dropout);
                Inputs = _global.Inputs;
                _metric = options.UsesCellMetric ? new CellMetric(layout, "metric", SourceWidth) : null;
                _normalization = new LayerNormalizationLayer(layout, "global_normalization", SourceWidth);
            }
            else
            {
                _sinusoids = new SinusoidalGlobalVector(layout, "global", usesSymmetry);
                SourceWidth = _sinusoids.Width;
                _projection = new LinearLayer(layout, "global.projection", SourceWidth, options.Width);
                Inputs = usesSymmetry ? [ModelInput.SpaceGroups] : [];
                _ones = layout.AddConstant("global.ones", [.. Enumerable.Repeat(1f, Elements)], Elements, 1);
            }
        }

        public int SourceWidth { get; }

        /// <summary>Gets the inputs that are read.</summary>
        public IReadOnlyList<ModelInput> Inputs { get; }

        public (TensorValue Source, TensorValue Global, TensorValue AtomCounts) Apply(TensorOperations operations)
        {
            if (_sinusoids is not null)
            {
                TensorValue source = _sinusoids.Apply(operations);
                TensorValue projected = _projection!.Apply(source);
                TensorValue counts = operations.SegmentSum(
                    operations.Gather(operations.Constant(_ones!), operations.Input(ModelInput.AtomicNumbers)),
                    operations.Input(ModelInput.CrystalIndex),
                    operations.Input(ModelInput.Lattices));
                return (source, _isSmooth ? operations.Silu(projected) : operations.LeakyRectify(projected, 0.01), counts);
            }

            TensorValue atomCounts = _global!.AtomCounts(operations);
            TensorValue logVolumePerAtom = _global.LogVolumePerAtom(operations, atomCounts);
            TensorValue global = _global.Apply(operations, atomCounts, logVolumePerAtom);
            global = _metric is null ? global : global + _metric.Apply(operations, logVolumePerAtom);
            global = _normalization!.Apply(global);
            return (global, global, atomCounts);
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
