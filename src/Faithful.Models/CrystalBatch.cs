namespace Faithful.Models;

/// <summary>
/// Several crystals packed into plain arrays: the input contract of every model, in training and in the ONNX file alike.
/// Atoms of all crystals stand one after the other, crystals in ascending order; edges are sorted by their target atom.
/// </summary>
public sealed class CrystalBatch
{
    private CrystalBatch(int crystals, int atoms, int edges, int descriptors)
    {
        Crystals = crystals;
        Atoms = atoms;
        Edges = edges;
        AtomicNumbers = new long[atoms];
        Positions = new float[3 * atoms];
        CrystalIndex = new long[atoms];
        Lattices = new float[9 * crystals];
        SpaceGroups = new long[crystals];
        SiteSymmetries = new long[atoms];
        EdgeSource = new long[edges];
        EdgeTarget = new long[edges];
        EdgeImage = new long[3 * edges];
        Descriptors = new float[(long)crystals * descriptors];
    }

    /// <summary>Gets the number of crystals.</summary>
    public int Crystals { get; }

    /// <summary>Gets the number of atoms of all crystals.</summary>
    public int Atoms { get; }

    /// <summary>Gets the number of directed edges of all crystals.</summary>
    public int Edges { get; }

    /// <summary>Gets the atomic numbers, shape (atoms).</summary>
    public long[] AtomicNumbers { get; }

    /// <summary>Gets the fractional positions, shape (atoms, 3).</summary>
    public float[] Positions { get; }

    /// <summary>Gets the crystal of each atom, shape (atoms), ascending.</summary>
    public long[] CrystalIndex { get; }

    /// <summary>Gets the lattices, shape (crystals, 3, 3), rows are vectors, Å.</summary>
    public float[] Lattices { get; }

    /// <summary>Gets the space groups, shape (crystals), 0 where unknown.</summary>
    public long[] SpaceGroups { get; }

    /// <summary>Gets the site-symmetry point groups, shape (atoms), 1..32, 0 where unknown.</summary>
    public long[] SiteSymmetries { get; }

    /// <summary>Gets the neighbouring atom of each edge, shape (edges).</summary>
    public long[] EdgeSource { get; }

    /// <summary>Gets the central atom of each edge, shape (edges), ascending.</summary>
    public long[] EdgeTarget { get; }

    /// <summary>Gets the lattice translation of the neighbouring atom of each edge, shape (edges, 3).</summary>
    public long[] EdgeImage { get; }

    /// <summary>Gets the descriptors, shape (crystals, columns), NaN where a value does not exist; empty for a model without.</summary>
    public float[] Descriptors { get; }

    /// <summary>Packs prepared crystals into one batch.</summary>
    /// <param name="crystals">The crystals, none of them a fallback, all prepared with the same options.</param>
    /// <returns>The batch, crystals in the order given.</returns>
    /// <exception cref="ArgumentException">
    /// The list is empty, holds a crystal that the model cannot take, or crystals with different numbers of descriptors.
    /// </exception>
    public static CrystalBatch Pack(IReadOnlyList<PreparedCrystal> crystals)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        if (crystals.Count == 0 || crystals.Any(crystal => crystal.FallbackReason is not null))
        {
            throw new ArgumentException("A batch needs at least one crystal, and no crystal that takes the fallback.", nameof(crystals));
        }

        int descriptors = crystals[0].Descriptors.Length;
        if (crystals.Any(crystal => crystal.Descriptors.Length != descriptors))
        {
            throw new ArgumentException("All crystals of a batch must have the same descriptors.", nameof(crystals));
        }

        var batch = new CrystalBatch(crystals.Count, crystals.Sum(c => c.Atoms), crystals.Sum(c => c.Edges), descriptors);
        int atom = 0, edge = 0;
        for (int index = 0; index < crystals.Count; index++)
        {
            batch.Place(crystals[index], index, atom, edge);
            atom += crystals[index].Atoms;
            edge += crystals[index].Edges;
        }

        return batch;
    }

    /// <summary>Gets the values of one input of the contract.</summary>
    /// <param name="input">The input.</param>
    /// <returns>A <c>long[]</c> for an integer input, a <c>float[]</c> otherwise, in row-major order.</returns>
    /// <exception cref="ArgumentException">The batch does not hold this input.</exception>
    public Array Values(ModelInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Name switch
        {
            "atomic_numbers" => AtomicNumbers,
            "positions" => Positions,
            "crystal_index" => CrystalIndex,
            "lattices" => Lattices,
            "space_groups" => SpaceGroups,
            "site_symmetries" => SiteSymmetries,
            "edge_source" => EdgeSource,
            "edge_target" => EdgeTarget,
            "edge_image" => EdgeImage,
            "descriptors" => Descriptors,
            _ => throw new ArgumentException($"A batch has no input '{input.Name}'.", nameof(input)),
        };
    }

    /// <summary>Gets the shape of one input of the contract in this batch.</summary>
    /// <param name="input">The input.</param>
    /// <returns>The number of rows followed by the shape of a row.</returns>
    public long[] Shape(ModelInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        long rows = input.Rows switch
        {
            ModelInputRows.Atoms => Atoms,
            ModelInputRows.Crystals => Crystals,
            _ => Edges,
        };
        return [rows, .. input.RowShape.Select(size => size == ModelInput.Open ? (long)Descriptors.Length / Crystals : size)];
    }

    private void Place(PreparedCrystal crystal, int index, int firstAtom, int firstEdge)
    {
        for (int i = 0; i < crystal.Atoms; i++)
        {
            AtomicNumbers[firstAtom + i] = crystal.AtomicNumbers[i];
            CrystalIndex[firstAtom + i] = index;
            SiteSymmetries[firstAtom + i] = crystal.SiteSymmetries[i];
        }

        crystal.Positions.CopyTo(Positions, 3 * firstAtom);
        crystal.Lattice.CopyTo(Lattices, 9 * index);
        SpaceGroups[index] = crystal.SpaceGroup;
        crystal.Descriptors.CopyTo(Descriptors, index * crystal.Descriptors.Length);
        for (int i = 0; i < crystal.Edges; i++)
        {
            EdgeSource[firstEdge + i] = firstAtom + crystal.EdgeSource[i];
            EdgeTarget[firstEdge + i] = firstAtom + crystal.EdgeTarget[i];
        }

        for (int i = 0; i < crystal.EdgeImage.Length; i++)
        {
            EdgeImage[3 * firstEdge + i] = crystal.EdgeImage[i];
        }
    }
}
