namespace Faithful.Networks;

/// <summary>Options of <see cref="Cgnn"/>; the defaults are the preset <c>best</c>.</summary>
public sealed record CgnnOptions : NetworkOptions
{
    /// <summary>Gets the radius of the neighbour graph in Å. Range 1..12; the default is 6.</summary>
    public double Cutoff { get; init; } = 6;

    /// <summary>Gets the width of node and global vectors. Range 4..1024; the default is 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Gets the number of message rounds. Range 1..16; the default is 3.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Gets the number of radial functions of each of the two edge lengths, absolute and relative. Range 2..256; the default is 24.</summary>
    public int RadialFunctions { get; init; } = 24;

    /// <inheritdoc/>
    public override double GraphCutoff => Cutoff;

    /// <inheritdoc/>
    public override Network Build(NetworkSpecification specification)
    {
        ThrowIfInvalid();
        return new Cgnn(this, specification);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (!(Cutoff is >= 1 and <= 12))
        {
            faults.Add($"Cutoff must lie in 1..12 Å, found {Cutoff}.");
        }

        if (Width is < 4 or > 1024)
        {
            faults.Add($"Width must lie in 4..1024, found {Width}.");
        }

        if (Blocks is < 1 or > 16)
        {
            faults.Add($"Blocks must lie in 1..16, found {Blocks}.");
        }

        if (RadialFunctions is < 2 or > 256)
        {
            faults.Add($"RadialFunctions must lie in 2..256, found {RadialFunctions}.");
        }

        return faults;
    }
}
