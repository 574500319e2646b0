using Faithful.Models;
using Faithful.Networks.Embeddings;

namespace Faithful.Networks;

/// <summary>Options of <see cref="Nnn"/>; the defaults are the preset <c>best</c>.</summary>
public sealed record NnnOptions : NetworkOptions
{
    /// <summary>The atoms that the bins of the paper's code hold, most common species first.</summary>
    internal static readonly IReadOnlyList<int> PaperBins = [40, 24, 16, 12, 8, 6];

    /// <summary>Gets the width of the hidden layers. Range 8..4096; the default is 512.</summary>
    public int Width { get; init; } = 512;

    /// <summary>Gets the number of hidden layers. Range 1..16; the default is 3.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Gets what a bin holds. The default is <see cref="BinContent.Arrangement"/>.</summary>
    public BinContent Bins { get; init; }

    /// <summary>Gets the options of the paper's code, except that every position enters, as its text says, not only the first of a species.</summary>
    public static NnnOptions Paper { get; } = new()
    {
        Width = 1000,
        Bins = BinContent.Positions,
        Elements = ElementEncoding.LeftStep,
        Global = GlobalEncoding.LatticeSines,
        Dropout = 0,
    };

    /// <inheritdoc/>
    public override Network Build(NetworkSpecification specification)
    {
        ThrowIfInvalid();
        return new Nnn(this, specification);
    }

    /// <inheritdoc/>
    public override PreparationOptions Preparation(bool taskUsesSymmetry) => new()
    {
        UsesSymmetry = ReadsSymmetry(taskUsesSymmetry),
        Cell = Bins == BinContent.Arrangement ? CellChoice.Canonical : CellChoice.AsGiven,
        MaxSpecies = PaperBins.Count,
        MaxAtomsOfSpecies = Bins == BinContent.Positions ? PaperBins : [],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. base.Validate()];
        if (Width is < 8 or > 4096)
        {
            faults.Add($"Width must lie in 8..4096, found {Width}.");
        }

        if (Layers is < 1 or > 16)
        {
            faults.Add($"Layers must lie in 1..16, found {Layers}.");
        }

        return faults;
    }
}
