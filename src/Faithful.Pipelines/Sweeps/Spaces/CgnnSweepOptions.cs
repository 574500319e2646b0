using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>
/// What a sweep chooses of the CGNN. See <see cref="Networks.CgnnOptions"/>. The cutoff is not among it: with another one all
/// crystals are prepared anew.
/// </summary>
public sealed record CgnnSweepOptions : NetworkSweepOptions
{
    /// <summary>Gets the width of node and global vectors.</summary>
    [Choice(64, 96, 128, 192, 256)]
    public int Width { get; init; }

    /// <summary>Gets the number of message rounds.</summary>
    [Choice(2, 3, 4, 5, 6)]
    public int Blocks { get; init; }

    /// <summary>Gets the number of radial functions.</summary>
    [Choice(12, 16, 24, 32, 48)]
    public int RadialFunctions { get; init; }
}
