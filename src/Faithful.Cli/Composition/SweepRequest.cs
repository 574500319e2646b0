namespace Faithful.Cli.Composition;

/// <summary>What a sweep learns from, and where.</summary>
internal sealed record SweepRequest : LabelledSource
{
    /// <summary>Gets the device of networks: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Gets the seed of the split where there is no file for it.</summary>
    public required int Seed { get; init; }
}
