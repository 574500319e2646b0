namespace Faithful.Crystals.Symmetry;

/// <summary>The operations of a cell, in a reduced right-handed basis of its lattice.</summary>
/// <param name="basis">The basis, rows are vectors, Å; shape (3, 3).</param>
/// <param name="rotations">The matrices, to be applied to columns of fractions; shape (operations, 3, 3).</param>
/// <param name="translations">The translations in fractions, [0, 1); shape (operations, 3).</param>
/// <param name="permutations">The atom on which each atom falls; shape (operations, atoms).</param>
/// <param name="positions">The atoms in fractions; shape (atoms, 3).</param>
/// <param name="pointGroup">The number of the point group, 1 to 32.</param>
internal sealed class FoundOperations(
    double[] basis, int[] rotations, double[] translations, int[] permutations, double[] positions, int pointGroup)
{
    /// <summary>Gets the number of operations.</summary>
    public int Count { get; } = translations.Length / 3;

    /// <summary>Gets the basis, rows are vectors, Å; shape (3, 3).</summary>
    public ReadOnlySpan<double> Basis => basis;

    /// <summary>Gets the matrices, to be applied to columns of fractions; shape (operations, 3, 3).</summary>
    public ReadOnlySpan<int> Rotations => rotations;

    /// <summary>Gets the translations in fractions, [0, 1); shape (operations, 3).</summary>
    public ReadOnlySpan<double> TranslationFractions => translations;

    /// <summary>Gets the atoms in fractions; shape (atoms, 3).</summary>
    public ReadOnlySpan<double> Positions => positions;

    /// <summary>Asks spglib which space group these operations are; it takes milliseconds for a cubic one, so answers are kept.</summary>
    /// <param name="tolerance">How far translations may be off, Å.</param>
    /// <param name="type">The entry of spglib's table.</param>
    /// <returns>Whether spglib knows, and agrees about the point group.</returns>
    public bool TryIdentify(double tolerance, out SpglibSpaceGroupType type)
    {
        type = IdentifiedOperations.GetOrAdd(rotations, translations, tolerance, Ask);
        return type.Number is >= 1 and <= SpaceGroups.Count && SpaceGroups.PointGroupNumber(type.Number) == pointGroup;

        unsafe SpglibSpaceGroupType Ask()
        {
            // spglib's matrices have the vectors of a lattice as columns.
            double[] columns = [basis[0], basis[3], basis[6], basis[1], basis[4], basis[7], basis[2], basis[5], basis[8]];
            fixed (int* rotation = rotations)
            fixed (double* translation = translations, lattice = columns)
            {
                return Spglib.spg_get_spacegroup_type_from_symmetry(rotation, translation, Count, lattice, tolerance);
            }
        }
    }

    /// <summary>Gets the number of the point group, 1 to 32.</summary>
    public int PointGroup => pointGroup;

    /// <summary>Gets how many primitive cells the cell holds.</summary>
    public int PrimitiveCells => Translations().Count();

    /// <summary>Gets the translations within the cell, none among them, in vectors of the basis.</summary>
    /// <returns>The translations with the atoms on which each atom falls; one for a primitive cell.</returns>
    public IEnumerable<(Vector3D Fractions, Vector3D Cartesian, int[] Permutation)> Translations()
    {
        var atoms = permutations.Length / Count;
        for (var operation = 0; operation < Count; operation++)
        {
            if (rotations.AsSpan(9 * operation, 9).SequenceEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]))
            {
                Vector3D t = new(translations[3 * operation], translations[(3 * operation) + 1], translations[(3 * operation) + 2]);
                yield return (t, ToCartesian(t), permutations[(atoms * operation)..(atoms * (operation + 1))]);
            }
        }
    }

    /// <summary>Turns fractions of the basis into Å.</summary>
    /// <param name="f">The fractions.</param>
    /// <returns>The vector.</returns>
    public Vector3D ToCartesian(Vector3D f) => new(
        (f.X * basis[0]) + (f.Y * basis[3]) + (f.Z * basis[6]),
        (f.X * basis[1]) + (f.Y * basis[4]) + (f.Z * basis[7]),
        (f.X * basis[2]) + (f.Y * basis[5]) + (f.Z * basis[8]));

    /// <summary>Gets what decides on the Wyckoff letters of the atoms.</summary>
    /// <returns>The key.</returns>
    public WyckoffKey WyckoffKey() => new(rotations, permutations, positions);

    /// <summary>Gets the point groups of the sites: of the operations that leave an atom where it is.</summary>
    /// <returns>Numbers from 1 to 32, 0 where the operations are no group; shape (atoms).</returns>
    public int[] SitePointGroups()
    {
        var atoms = permutations.Length / Count;
        var groups = new int[atoms];
        var site = new int[9 * Count];
        for (var atom = 0; atom < atoms; atom++)
        {
            var size = 0;
            for (var operation = 0; operation < Count; operation++)
            {
                if (permutations[(operation * atoms) + atom] == atom)
                {
                    rotations.AsSpan(9 * operation, 9).CopyTo(site.AsSpan(9 * size++));
                }
            }

            groups[atom] = PointGroupTypes.NumberOf(site, size);
        }

        return groups;
    }

    /// <summary>Gets for each atom the first atom that symmetry takes to it.</summary>
    /// <returns>Indices; shape (atoms).</returns>
    public int[] EquivalentAtoms()
    {
        var atoms = permutations.Length / Count;
        var first = new int[atoms];
        Array.Fill(first, int.MaxValue);
        for (var operation = 0; operation < Count; operation++)
        {
            for (var atom = 0; atom < atoms; atom++)
            {
                ref var known = ref first[permutations[(operation * atoms) + atom]];
                known = Math.Min(known, atom);
            }
        }

        return first;
    }
}
