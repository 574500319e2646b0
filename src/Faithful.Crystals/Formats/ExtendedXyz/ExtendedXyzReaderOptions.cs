namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>How extended XYZ files are read.</summary>
public sealed record ExtendedXyzReaderOptions
{
    /// <summary>Gets the largest number of atoms of one crystal. The default value is 100,000.</summary>
    public int MaximumAtoms { get; init; } = 100_000;

    /// <summary>Gets the longest line that is read, in characters. The default value is 2^20.</summary>
    public int MaximumLineLength { get; init; } = 1 << 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumAtoms, nameof(MaximumAtoms));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumLineLength, nameof(MaximumLineLength));
    }
}
