namespace Faithful.Models;

/// <summary>
/// One crystal in the form that models take: wrapped, in canonical order, with its neighbour list. A crystal that the model
/// cannot take has no arrays but a <see cref="FallbackReason"/>.
/// </summary>
public sealed class PreparedCrystal
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

    /// <summary>Gets why the model cannot take this crystal, or null when it can.</summary>
    public string? FallbackReason { get; init; }

    /// <summary>Gets the number of atoms.</summary>
    public int Atoms => AtomicNumbers.Length;

    /// <summary>Gets the number of directed edges.</summary>
    public int Edges => EdgeSource.Length;

    /// <summary>Makes the stand-in for a crystal that the model cannot take.</summary>
    /// <param name="reason">Why, in words for the user.</param>
    /// <returns>A prepared crystal without atoms.</returns>
    public static PreparedCrystal Fallback(string reason) => new()
    {
        AtomicNumbers = [],
        Positions = [],
        Lattice = new float[9],
        SpaceGroup = 0,
        SiteSymmetries = [],
        EdgeSource = [],
        EdgeTarget = [],
        EdgeImage = [],
        FallbackReason = reason,
    };
}
