using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>What a sweep chooses of the CCNN. See <see cref="Networks.CcnnOptions"/>.</summary>
public sealed record CcnnSweepOptions : NetworkSweepOptions
{
    /// <summary>Gets the number of voxels along each axis of the cell, all even.</summary>
    [Choice(8, 10, 12, 16)]
    public int Grid { get; init; }

    /// <summary>Gets the number of channels of embedded atoms on the grid.</summary>
    [Choice(12, 16, 24, 32, 48)]
    public int AtomChannels { get; init; }

    /// <summary>Gets the width of the global vector.</summary>
    [Choice(64, 96, 128, 192, 256)]
    public int Width { get; init; }
}
