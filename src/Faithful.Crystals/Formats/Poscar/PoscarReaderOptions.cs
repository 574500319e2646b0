namespace Faithful.Crystals.Formats.Poscar;

/// <summary>How POSCAR files are read.</summary>
public sealed record PoscarReaderOptions
{
    /// <summary>
    /// Gets the elements that stand, in order, for the groups of atoms of a VASP 4 file that names no elements; each use adds a
    /// warning to the record. The default value is null: such a file is an error, because nothing in it says what it is made of.
    /// </summary>
    public IReadOnlyList<Element>? PlaceholderSpecies { get; init; }

    /// <summary>Gets the longest text that is read, in characters. The default value is 2^24, 200,000 atoms.</summary>
    public int MaximumLength { get; init; } = 1 << 24;
}
