using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks;

/// <summary>
/// The feed-forward network of the paper: the atoms of a crystal in at most six bins by species, most common first; a bin is
/// the element vector beside what the species does in the cell; g beside all bins goes through fully connected layers (Nop et
/// al. 2025, Methods, DOI 10.1038/s41524-025-01655-w). By default a bin does not hold positions but what does not depend on
/// the origin: how many atoms, on which site symmetries, and their structure factors relative to those of the crystal.
/// </summary>
/// <remarks>Letters: D width, B width of a bin, E width of an element vector.</remarks>
public sealed class Nnn : Network
{
    private const int BinCount = 6;
    private const int ElementWidth = 48;
    private const int BinWidth = 64;
    private const int GlobalWidth = 128;

    private static readonly int Places = NnnOptions.PaperBins.Sum();

    private readonly NnnOptions _options;
    private readonly GlobalVector _global;
    private readonly AtomEmbedding _elements;
    private readonly ConstantReference _binRows;
    private readonly SpeciesArrangement? _arrangement;
    private readonly PositionEncoding? _positions;
    private readonly LinearLayer? _binProjection;
    private readonly TwoLayerPerceptron? _binPerceptron;
    private readonly ConstantReference? _binStarts;
    private readonly LinearLayer? _first;
    private readonly (LayerNormalizationLayer Normalization, TwoLayerPerceptron Perceptron)[] _blocks = [];
    private readonly LayerNormalizationLayer? _lastNormalization;
    private readonly LinearLayer? _last;
    private readonly DeepPerceptron? _deep;

    /// <summary>Builds the network.</summary>
    /// <param name="options">Its options, valid.</param>
    /// <param name="specification">What it is to predict.</param>
    public Nnn(NnnOptions options, NetworkSpecification specification)
        : base(options, specification)
    {
        _options = options;
        bool symmetry = options.ReadsSymmetry(specification.Task.UsesSymmetry);
        bool invariant = options.Bins == BinContent.Arrangement;
        _global = new GlobalVector(Layout, "global", symmetry, GlobalWidth, options.Global, options.Dropout);
        _elements = new AtomEmbedding(Layout, "elements", ElementWidth, options.Elements, readsSites: false);
        _binRows = Layout.AddConstant("bins.rows", new float[BinCount], 1, BinCount);
        int binsWidth;
        if (invariant)
        {
            _arrangement = new SpeciesArrangement(Layout, "bins", symmetry);
            int contentWidth = ElementWidth + _arrangement.Width;
            _binProjection = new LinearLayer(Layout, "bins.projection", contentWidth, BinWidth);
            _binPerceptron = new TwoLayerPerceptron(Layout, "bins.perceptron", contentWidth, 2 * BinWidth, BinWidth, dropout: options.Dropout);
            binsWidth = BinCount * BinWidth;
        }
        else
        {
            _positions = new PositionEncoding(Layout, "bins");
            float[] starts = [.. NnnOptions.PaperBins.Select((_, i) => (float)NnnOptions.PaperBins.Take(i).Sum())];
            _binStarts = Layout.AddConstant("bins.starts", starts, BinCount, 1);
            binsWidth = BinCount * ElementWidth + Places * PositionEncoding.Width;
        }

        Inputs =
        [
            .. new[] { ModelInput.AtomicNumbers, ModelInput.Positions, ModelInput.CrystalIndex, ModelInput.Lattices }
                .Union(_global.Inputs).Union(invariant && symmetry ? [ModelInput.SiteSymmetries] : []),
        ];
        int inputWidth = GlobalWidth + binsWidth, outputs = specification.Task.OutputWidth;
        if (invariant)
        {
            _first = new LinearLayer(Layout, "first", inputWidth, options.Width);
            _blocks =
            [
                .. Enumerable.Range(0, options.Layers - 1).Select(i => (
                    new LayerNormalizationLayer(Layout, $"layers.{i}.normalization", options.Width),
                    new TwoLayerPerceptron(Layout, $"layers.{i}", options.Width, options.Width, options.Width, dropout: options.Dropout))),
            ];
            _lastNormalization = new LayerNormalizationLayer(Layout, "last.normalization", options.Width);
            _last = new LinearLayer(Layout, "last", options.Width, outputs);
        }
        else
        {
            _deep = new DeepPerceptron(Layout, "layers", inputWidth, [.. Enumerable.Repeat(options.Width, options.Layers), outputs], endsLinear: true);
        }
    }

    /// <inheritdoc/>
    public override string Name => "nnn";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelInput> Inputs { get; }

    /// <inheritdoc/>
    protected override TensorValue Compute(TensorOperations operations)
    {
        TensorValue atomCounts = _global.AtomCounts(operations); // (crystals, 1)
        TensorValue global = _global.Apply(operations, atomCounts, _global.LogVolumePerAtom(operations, atomCounts));
        var species = SpeciesBins.Find(operations, atomCounts);
        TensorValue crystal = SpeciesBins.Column(operations, operations.Input(ModelInput.CrystalIndex)); // (atoms, 1)
        TensorValue bin = SpeciesBins.Row(operations, crystal * BinCount + species.Bin); // (atoms), ascending
        TensorValue bins = operations.Reshape(operations.Expand(operations.Constant(_binRows), atomCounts), -1, 1); // (crystals · 6, 1)
        TensorValue sizes = operations.SegmentSum(species.Bin * 0 + 1, bin, bins); // (crystals · 6, 1)
        TensorValue elements = operations.SegmentSum(_elements.Apply(operations), bin, bins) / AtLeastOne(sizes); // (crystals · 6, E)
        if (_positions is not null)
        {
            TensorValue start = operations.Gather(operations.Constant(_binStarts!), SpeciesBins.Row(operations, species.Bin));
            TensorValue place = SpeciesBins.Row(operations, crystal * Places + start + species.Place);
            TensorValue positions = operations.PlaceRows(_positions.Apply(operations), place, atomCounts, Places);
            return _deep!.Apply(operations.Concatenate(
                global,
                operations.Reshape(elements, -1, BinCount * ElementWidth),
                operations.Reshape(positions, -1, Places * PositionEncoding.Width)));
        }

        TensorValue content = operations.Concatenate(elements, _arrangement!.Apply(operations, bin, sizes, atomCounts));
        TensorValue arrangement = operations.Reshape(
            _binProjection!.Apply(content) + _binPerceptron!.Apply(content), -1, BinCount * BinWidth); // (crystals, 6 · B)
        TensorValue value = _first!.Apply(operations.Concatenate(global, arrangement)); // (crystals, D)
        foreach ((LayerNormalizationLayer normalization, TwoLayerPerceptron perceptron) in _blocks)
        {
            value += perceptron.Apply(normalization.Apply(value));
        }

        value = operations.Silu(_lastNormalization!.Apply(value));
        return _last!.Apply(operations.Dropout(value, _options.Dropout));
    }

    /// <summary>A bin without atoms holds zeros, divided by 1.</summary>
    private static TensorValue AtLeastOne(TensorValue sizes) => sizes.Operations.Rectify(sizes + -1) + 1;
}
