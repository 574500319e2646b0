namespace Faithful.Crystals.Formats.Cif;

/// <summary>How CIF files are read.</summary>
public sealed record CifReaderOptions
{
    /// <summary>
    /// Gets the distance in Å within which the images of one atom under the symmetry operations are one atom, whose position is
    /// their mean; 0 to 0.5. The default value is 0.01: three decimals of a special position in a cell of 10 Å are 0.005 Å off. A
    /// file that gives fewer digits, or describes a larger cell, is granted as much more as its own digits leave open, up to 0.2 Å.
    /// </summary>
    public double SiteTolerance { get; init; } = 0.01;

    /// <summary>Gets the largest number of atoms that a cell may have after its symmetry operations. The default value is 100,000.</summary>
    public int MaximumAtoms { get; init; } = 100_000;

    /// <summary>
    /// Gets the most that is kept of a data block, in characters; each value counts 16 more, and items of no interest nothing. The
    /// default value is 2^25, enough for a million values.
    /// </summary>
    public int MaximumBlockLength { get; init; } = 1 << 25;

    internal void Validate()
    {
        if (!(SiteTolerance is >= 0 and <= 0.5)) // also true of NaN
        {
            throw new ArgumentOutOfRangeException(nameof(SiteTolerance), SiteTolerance, "The site tolerance goes from 0 to 0.5 Å.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumAtoms, 1, nameof(MaximumAtoms));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBlockLength, 1, nameof(MaximumBlockLength));
    }
}
