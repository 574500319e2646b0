namespace Faithful.Crystals.Formats.Optimade;

/// <summary>How structures of OPTIMADE are read.</summary>
public sealed record OptimadeReaderOptions
{
    /// <summary>Gets the largest number of atoms of one crystal. The default value is 100,000.</summary>
    public int MaximumAtoms { get; init; } = 100_000;

    /// <summary>Gets the longest JSON text of one structure, in bytes. The default value is 16 MiB.</summary>
    public int MaximumStructureLength { get; init; } = 16 << 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumAtoms, nameof(MaximumAtoms));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumStructureLength, nameof(MaximumStructureLength));
    }
}
