using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>
/// What a sweep chooses of the CANN. See <see cref="Networks.CannOptions"/>. Each width fits each number of heads; the cutoff is
/// not among it: with another one all crystals are prepared anew.
/// </summary>
public sealed record CannSweepOptions : NetworkSweepOptions
{
    /// <summary>Gets the width of a token.</summary>
    [Choice(64, 96, 128, 192, 256)]
    public int Width { get; init; }

    /// <summary>Gets the number of attention blocks.</summary>
    [Choice(1, 2, 3, 4, 5)]
    public int Blocks { get; init; }

    /// <summary>Gets the number of attention heads.</summary>
    [Choice(2, 4, 8)]
    public int Heads { get; init; }
}
