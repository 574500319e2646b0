using Faithful.Models;
using Faithful.Networks.Embeddings;

namespace Faithful.Networks;

/// <summary>Options of <see cref="Cgnn"/>; the defaults are the preset <c>best</c>.</summary>
public sealed record CgnnOptions : NetworkOptions
{
    /// <summary>Gets the radius of the neighbour graph in Å. Range 1..12; the default is 5.</summary>
    public double Cutoff { get; init; } = 5;

    /// <summary>Gets the width of node and global vectors. Range 4..1024; the default is 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Gets the number of message rounds. Range 1..16; the default is 3.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Gets the number of radial functions of each of the two edge lengths, absolute and relative. Range 2..256; the default is 24.</summary>
    public int RadialFunctions { get; init; } = 24;

    /// <summary>Gets what edges carry. The default is <see cref="EdgeEncoding.Lengths"/>.</summary>
    public EdgeEncoding Edges { get; init; }

    /// <summary>Gets how the nodes are gathered into the global vector. The default is <see cref="NodePooling.Mean"/>.</summary>
    public NodePooling Pooling { get; init; }

    /// <summary>Gets the options of the paper's code.</summary>
    public static CgnnOptions Paper { get; } = new()
    {
        Cutoff = 4,
        Width = 256,
        Blocks = 2,
        Edges = EdgeEncoding.Vectors,
        Pooling = NodePooling.Sum,
        Elements = ElementEncoding.LeftStep,
        Global = GlobalEncoding.LatticeSines,
        Dropout = 0,
    };

    /// <inheritdoc/>
    public override Network Build(NetworkSpecification specification)
    {
        ThrowIfInvalid();
        return new Cgnn(this, specification);
    }

    /// <inheritdoc/>
    public override PreparationOptions Preparation(bool taskUsesSymmetry)
    {
        bool symmetry = ReadsSymmetry(taskUsesSymmetry);
        return new()
        {
            Cutoff = Cutoff,
            UsesSymmetry = symmetry,
            Cell = !symmetry && Global == GlobalEncoding.Invariant ? CellChoice.Canonical : CellChoice.AsGiven,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. base.Validate()];
        Check(Cutoff is >= 1 and <= 12, $"Cutoff must lie in 1..12 Å, found {Cutoff}.");
        Check(Width is >= 4 and <= 1024, $"Width must lie in 4..1024, found {Width}.");
        Check(Blocks is >= 1 and <= 16, $"Blocks must lie in 1..16, found {Blocks}.");
        Check(RadialFunctions is >= 2 and <= 256, $"RadialFunctions must lie in 2..256, found {RadialFunctions}.");
        return faults;

        void Check(bool holds, FormattableString fault)
        {
            if (!holds)
            {
                faults.Add(FormattableString.Invariant(fault));
            }
        }
    }
}
