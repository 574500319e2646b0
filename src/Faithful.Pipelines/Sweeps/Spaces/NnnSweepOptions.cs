using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>What a sweep chooses of the NNN. See <see cref="Networks.NnnOptions"/>.</summary>
public sealed record NnnSweepOptions : NetworkSweepOptions
{
    /// <summary>Gets the width of the hidden layers.</summary>
    [Choice(128, 256, 512, 768, 1024)]
    public int Width { get; init; }

    /// <summary>Gets the number of hidden layers.</summary>
    [Choice(1, 2, 3, 4, 5)]
    public int Layers { get; init; }
}
