using Faithful.Crystals;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;

namespace Faithful.Models;

/// <summary>
/// The part of the embedding that stays outside the graph: symmetry, cell, canonical order and the neighbour search, or descriptors.
/// Thread-safe. Where the options do without symmetry, nothing of it enters: the cell has the atoms that it was given with.
/// </summary>
public static class CrystalPreparation
{
    /// <summary>Prepares one crystal for a model.</summary>
    /// <param name="crystal">The crystal, in any cell.</param>
    /// <param name="options">How the model wants it.</param>
    /// <returns>The prepared crystal; a fallback with its reason when the model cannot take the crystal.</returns>
    /// <exception cref="MissingNativeLibraryException">The options ask for symmetry and spglib is not installed.</exception>
    public static PreparedCrystal Prepare(Crystal crystal, PreparationOptions options)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return Prepare(new PreparationSource(crystal), options);
    }

    /// <summary>Prepares one crystal for a model, with what was found for others.</summary>
    /// <param name="source">The crystal, in any cell.</param>
    /// <param name="options">How the model wants it.</param>
    /// <returns>The prepared crystal.</returns>
    internal static PreparedCrystal Prepare(PreparationSource source, PreparationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Descriptors is not null)
        {
            return Describe(source, DescriptorSet.Find(options.Descriptors), options, 1);
        }

        Crystal crystal = source.Crystal;
        CrystalSymmetry? symmetry = null;
        if (options.UsesSymmetry)
        {
            try
            {
                symmetry = source.Symmetry(options);
                crystal = symmetry.IsPrimitive ? crystal : symmetry.StandardPrimitive; // which primitive cell does not matter
            }
            catch (SymmetryException error)
            {
                return PreparedCrystal.Fallback(error.Message);
            }
        }

        if (crystal.Count > options.MaxAtoms)
        {
            return TooLarge(crystal, options);
        }

        byte[] numbers = [.. crystal.Species.Select(element => (byte)element.AtomicNumber)];
        if (SpeciesLimits.Fault(numbers, options) is string fault)
        {
            return PreparedCrystal.Fallback(fault);
        }

        byte[] sites = symmetry is null ? new byte[crystal.Count] : SiteSymmetries(source, crystal.Count, symmetry, options);

        // Neighbours are searched after wrapping, because an edge's lattice translation refers to the wrapped positions.
        try
        {
            crystal = options.Cell == CellChoice.Canonical ? crystal.ToCanonicalCell() : crystal.Wrap();
        }
        catch (Exception error) when (error is TransformationException or InvalidCrystalException)
        {
            return PreparedCrystal.Fallback(error.Message);
        }

        int[] order = crystal.CanonicalOrder();
        return WithNeighbors(crystal.Permute(order), symmetry?.SpaceGroupNumber ?? 0, [.. order.Select(atom => sites[atom])], options);
    }

    /// <summary>Prepares one crystal with all distances multiplied by r; its symmetry is that of the crystal as given.</summary>
    /// <param name="crystal">The crystal, in any cell.</param>
    /// <param name="factor">r, 1 or more.</param>
    /// <param name="options">How the model wants it.</param>
    /// <returns>The prepared crystal; a fallback with its reason when the model cannot take the crystal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1 or not finite.</exception>
    /// <exception cref="MissingNativeLibraryException">The options ask for symmetry and spglib is not installed.</exception>
    public static PreparedCrystal Prepare(Crystal crystal, double factor, PreparationOptions options)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(options);
        return options.Descriptors is null
            ? Prepare(crystal, options).Expand(factor, options.Cutoff)
            : Describe(new PreparationSource(crystal), DescriptorSet.Find(options.Descriptors), options, factor);
    }

    private static PreparedCrystal Describe(PreparationSource source, DescriptorSet set, PreparationOptions options, double factor)
    {
        Crystal crystal = source.Crystal;
        try
        {
            CrystalSymmetry? symmetry = set.UsesSymmetry ? source.Symmetry(options) : null;
            if (crystal.Count > options.MaxAtoms && (symmetry is null or { IsPrimitive: true } ? crystal : symmetry.StandardPrimitive) is var cell
                && cell.Count > options.MaxAtoms)
            {
                return TooLarge(cell, options);
            }

            // Symmetry does not change with the factor, while tolerances in Å would have to grow with it.
            return PreparedCrystal.Described(set.Compute(factor == 1 ? crystal : crystal.Expand(factor), symmetry), symmetry?.SpaceGroupNumber ?? 0);
        }
        catch (SymmetryException error)
        {
            return PreparedCrystal.Fallback(error.Message);
        }
    }

    private static PreparedCrystal TooLarge(Crystal cell, PreparationOptions options) =>
        PreparedCrystal.Fallback($"{cell.Count} atoms in the cell; the model takes at most {options.MaxAtoms}");

    /// <summary>Gets the site symmetries of the atoms of the primitive cell; 0 where they cannot be told.</summary>
    private static byte[] SiteSymmetries(PreparationSource source, int atoms, CrystalSymmetry symmetry, PreparationOptions options)
    {
        IEnumerable<int> groups = symmetry.SitePointGroups;
        if (!symmetry.IsPrimitive)
        {
            try
            {
                CrystalSymmetry again = source.SymmetryOfPrimitive(options);
                groups = again.SpaceGroupNumber == symmetry.SpaceGroupNumber ? again.SitePointGroups : new int[atoms];
            }
            catch (SymmetryException)
            {
                groups = new int[atoms];
            }
        }

        return [.. groups.Select(group => (byte)group)];
    }

    private static PreparedCrystal WithNeighbors(Crystal crystal, int spaceGroup, byte[] sites, PreparationOptions options)
    {
        NeighborList? neighbors = options.Cutoff > 0 ? NeighborSearch.Find(crystal, options.Cutoff) : null;
        if (neighbors?.Count > options.MaxEdges)
        {
            return PreparedCrystal.Fallback(
                $"{neighbors.Count} neighbour pairs within {options.Cutoff} Å; the model takes at most {options.MaxEdges}");
        }

        var images = new sbyte[neighbors?.Images.Length ?? 0];
        for (int i = 0; i < images.Length; i++)
        {
            int image = neighbors!.Images[i];
            if (image is < sbyte.MinValue or > sbyte.MaxValue)
            {
                return PreparedCrystal.Fallback("the cell is so skewed that a neighbour lies more than 127 cells away");
            }

            images[i] = (sbyte)image;
        }

        var positions = new float[3 * crystal.Count];
        for (int i = 0; i < crystal.Count; i++)
        {
            Vector3D position = crystal.FractionalPositions[i];
            positions[3 * i] = BelowOne(position.X);
            positions[3 * i + 1] = BelowOne(position.Y);
            positions[3 * i + 2] = BelowOne(position.Z);
        }

        Lattice lattice = crystal.Lattice;
        return new PreparedCrystal
        {
            AtomicNumbers = [.. crystal.Species.Select(element => (byte)element.AtomicNumber)],
            Positions = positions,
            Lattice =
            [
                (float)lattice.A.X, (float)lattice.A.Y, (float)lattice.A.Z,
                (float)lattice.B.X, (float)lattice.B.Y, (float)lattice.B.Z,
                (float)lattice.C.X, (float)lattice.C.Y, (float)lattice.C.Z,
            ],
            SpaceGroup = spaceGroup,
            SiteSymmetries = sites,
            EdgeSource = neighbors?.Source ?? [],
            EdgeTarget = neighbors?.Target ?? [],
            EdgeImage = images,
        };
    }

    /// <summary>Rounds to float32 and stays below 1, as the contract says: 0.99999999 would round to 1.</summary>
    private static float BelowOne(double coordinate) => MathF.Min((float)coordinate, MathF.BitDecrement(1f));
}
