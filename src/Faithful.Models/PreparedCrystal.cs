namespace Faithful.Models;

/// <summary>
/// One crystal in the form that models take: wrapped, in canonical order, with its neighbour list; or nothing but its descriptors. A
/// crystal that the model cannot take has neither but a <see cref="FallbackReason"/>.
/// </summary>
public sealed partial class PreparedCrystal
{
    /// <summary>Gets the atomic numbers, shape (atoms).</summary>
    public required byte[] AtomicNumbers { get; init; }

    /// <summary>Gets the fractional positions in [0, 1), shape (atoms, 3).</summary>
    public required float[] Positions { get; init; }

    /// <summary>Gets the lattice, shape (3, 3), rows are vectors, Å.</summary>
    public required float[] Lattice { get; init; }

    /// <summary>Gets the space group, 1..230, or 0 when the symmetry finder did not run.</summary>
    public required int SpaceGroup { get; init; }

    /// <summary>
    /// Gets the point group of each atom's site, 1..32 in the order of the International Tables, or 0 when it is unknown or the
    /// symmetry finder did not run; shape (atoms).
    /// </summary>
    public required byte[] SiteSymmetries { get; init; }

    /// <summary>Gets the neighbouring atom of each edge, shape (edges).</summary>
    public required int[] EdgeSource { get; init; }

    /// <summary>Gets the central atom of each edge, ascending, shape (edges).</summary>
    public required int[] EdgeTarget { get; init; }

    /// <summary>Gets the lattice translation of the neighbouring atom of each edge, shape (edges, 3).</summary>
    public required sbyte[] EdgeImage { get; init; }

    /// <summary>
    /// Gets the descriptors, shape (columns), NaN where a value does not exist; empty for models that take atoms instead. A crystal
    /// that has them has no atoms here.
    /// </summary>
    public float[] Descriptors { get; init; } = [];

    /// <summary>Gets why the model cannot take this crystal, or null when it can.</summary>
    public string? FallbackReason { get; init; }

    /// <summary>Gets the number of atoms.</summary>
    public int Atoms => AtomicNumbers.Length;

    /// <summary>Gets the number of directed edges.</summary>
    public int Edges => EdgeSource.Length;

    /// <summary>Makes the stand-in for a crystal that the model cannot take.</summary>
    /// <param name="reason">Why, in words for the user.</param>
    /// <returns>A prepared crystal without atoms.</returns>
    public static PreparedCrystal Fallback(string reason) => WithoutAtoms(0, [], reason);

    /// <summary>Makes a crystal for a model that takes descriptors.</summary>
    /// <param name="descriptors">The descriptors, shape (columns).</param>
    /// <param name="spaceGroup">The space group, 1..230, or 0 when the symmetry finder did not run.</param>
    /// <returns>A prepared crystal without atoms.</returns>
    public static PreparedCrystal Described(float[] descriptors, int spaceGroup) => WithoutAtoms(spaceGroup, descriptors, null);

    private static PreparedCrystal WithoutAtoms(int spaceGroup, float[] descriptors, string? reason) => new()
    {
        AtomicNumbers = [],
        Positions = [],
        Lattice = new float[9],
        SpaceGroup = spaceGroup,
        SiteSymmetries = [],
        EdgeSource = [],
        EdgeTarget = [],
        EdgeImage = [],
        Descriptors = descriptors,
        FallbackReason = reason,
    };
}
