namespace Faithful.Models;

/// <summary>
/// Several prepared crystals one after the other in the smallest types that hold them: what is copied to a training device once.
/// Indices of atoms count within each crystal.
/// </summary>
public sealed class PreparedArrays
{
    private readonly int[] _firstAtoms;
    private readonly int[] _firstEdges;

    /// <summary>Makes room for crystals.</summary>
    /// <param name="atomCounts">The number of atoms of each crystal.</param>
    /// <param name="edgeCounts">The number of directed edges of each crystal.</param>
    /// <exception cref="ArgumentException">The arrays would have more elements than an array can have.</exception>
    internal PreparedArrays(int[] atomCounts, int[] edgeCounts)
    {
        AtomCounts = atomCounts;
        EdgeCounts = edgeCounts;
        long atoms = atomCounts.Sum(count => (long)count), edges = edgeCounts.Sum(count => (long)count);
        if (3 * Math.Max(atoms, edges) > Array.MaxLength)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{atomCounts.Length} crystals with {atoms} atoms and {edges} edges are too many for one array; at most {Array.MaxLength / 3} edges fit."));
        }

        _firstAtoms = Starts(atomCounts);
        _firstEdges = Starts(edgeCounts);
        AtomicNumbers = new byte[atoms];
        Positions = new float[3 * atoms];
        SiteSymmetries = new byte[atoms];
        Lattices = new float[9 * atomCounts.Length];
        SpaceGroups = new byte[atomCounts.Length];
        EdgeSource = new int[edges];
        EdgeTarget = new int[edges];
        EdgeImage = new sbyte[3 * edges];
    }

    /// <summary>Gets the number of crystals.</summary>
    public int Crystals => AtomCounts.Length;

    /// <summary>Gets the number of atoms of each crystal, shape (crystals).</summary>
    public int[] AtomCounts { get; }

    /// <summary>Gets the number of directed edges of each crystal, shape (crystals).</summary>
    public int[] EdgeCounts { get; }

    /// <summary>Gets the atomic numbers, shape (atoms).</summary>
    public byte[] AtomicNumbers { get; }

    /// <summary>Gets the fractional positions in [0, 1), shape (atoms, 3).</summary>
    public float[] Positions { get; }

    /// <summary>Gets the site-symmetry point groups, 1..32, 0 unknown, shape (atoms).</summary>
    public byte[] SiteSymmetries { get; }

    /// <summary>Gets the lattices, shape (crystals, 3, 3), rows are vectors, Å.</summary>
    public float[] Lattices { get; }

    /// <summary>Gets the space groups, 1..230, 0 unknown, shape (crystals).</summary>
    public byte[] SpaceGroups { get; }

    /// <summary>Gets the neighbouring atom of each edge, counted within its crystal, shape (edges).</summary>
    public int[] EdgeSource { get; }

    /// <summary>Gets the central atom of each edge, counted within its crystal, ascending there, shape (edges).</summary>
    public int[] EdgeTarget { get; }

    /// <summary>Gets the lattice translation of the neighbouring atom of each edge, shape (edges, 3).</summary>
    public sbyte[] EdgeImage { get; }

    /// <summary>Joins prepared crystals.</summary>
    /// <param name="crystals">The crystals, none of them a fallback.</param>
    /// <returns>Their arrays, in the order given.</returns>
    /// <exception cref="ArgumentException">A crystal is a fallback, or there are more edges than an array can hold.</exception>
    public static PreparedArrays Join(IReadOnlyList<PreparedCrystal> crystals)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        if (crystals.Any(crystal => crystal.FallbackReason is not null))
        {
            throw new ArgumentException("A crystal that takes the fallback has no arrays.", nameof(crystals));
        }

        var joined = new PreparedArrays([.. crystals.Select(crystal => crystal.Atoms)], [.. crystals.Select(crystal => crystal.Edges)]);
        for (int index = 0; index < crystals.Count; index++)
        {
            joined.Set(index, crystals[index]);
        }

        return joined;
    }

    /// <summary>Copies a crystal to its place.</summary>
    /// <param name="index">The place, whose numbers of atoms and edges are those of the crystal.</param>
    /// <param name="crystal">The crystal.</param>
    internal void Set(int index, PreparedCrystal crystal)
    {
        PreparedArraysRow row = Row(index);
        crystal.AtomicNumbers.CopyTo(row.AtomicNumbers);
        crystal.Positions.CopyTo(row.Positions);
        crystal.SiteSymmetries.CopyTo(row.SiteSymmetries);
        crystal.Lattice.CopyTo(row.Lattice);
        crystal.EdgeSource.CopyTo(row.EdgeSource);
        crystal.EdgeTarget.CopyTo(row.EdgeTarget);
        crystal.EdgeImage.CopyTo(row.EdgeImage);
        SpaceGroups[index] = (byte)crystal.SpaceGroup;
    }

    /// <summary>Gets the part of the arrays that belongs to one crystal; parts of different crystals may be filled at once.</summary>
    /// <param name="index">The crystal.</param>
    /// <returns>Where its numbers go.</returns>
    internal PreparedArraysRow Row(int index)
    {
        (int atom, int atoms, int edge, int edges) = (_firstAtoms[index], AtomCounts[index], _firstEdges[index], EdgeCounts[index]);
        return new PreparedArraysRow
        {
            AtomicNumbers = AtomicNumbers.AsSpan(atom, atoms),
            Positions = Positions.AsSpan(3 * atom, 3 * atoms),
            SiteSymmetries = SiteSymmetries.AsSpan(atom, atoms),
            Lattice = Lattices.AsSpan(9 * index, 9),
            EdgeSource = EdgeSource.AsSpan(edge, edges),
            EdgeTarget = EdgeTarget.AsSpan(edge, edges),
            EdgeImage = EdgeImage.AsSpan(3 * edge, 3 * edges),
        };
    }

    private static int[] Starts(int[] counts)
    {
        var starts = new int[counts.Length];
        for (int i = 1; i < counts.Length; i++)
        {
            starts[i] = starts[i - 1] + counts[i - 1];
        }

        return starts;
    }
}
