namespace Faithful.Crystals.Symmetry;

/// <summary>
/// Finds the symmetry of cells that are not primitive, such as conventional cells, where no tolerance can mistake it: that of the primitive cell,
/// as <see cref="OperationSearch"/> finds it. And finds the primitive cell that spglib would take in a part of the time that spglib needs.
/// </summary>
internal static class CentredSearch
{
    private const int MostTranslations = 8; // of supercells with more, spglib finds the symmetry
    private const int FirstCubic = 28; // of the 32 point groups

    /// <summary>Finds the symmetry of a crystal.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="options">The tolerances.</param>
    /// <returns>The symmetry; null where tolerances decide, where the cell is primitive, or where it is less symmetric than the crystal.</returns>
    public static CrystalSymmetry? Find(Crystal crystal, SymmetryOptions options)
    {
        if (OperationSearch.FindInCell(crystal, options) is not { } inCell)
        {
            return null;
        }

        (Vector3D Fractions, Vector3D Cartesian, int[] Permutation)[] translations = [.. inCell.Translations()];
        return translations.Length is > 1 and <= MostTranslations
            && Primitive(crystal, inCell, translations) is { } primitive
            && OperationSearch.Find(primitive, options) is { } operations
            && operations.Count * translations.Length == inCell.Count
            && operations.TryIdentify(options.DistanceTolerance, out var type)
            ? new CrystalSymmetry(crystal, options, inCell, type, isPrimitive: false)
            : null;
    }

    /// <summary>
    /// Finds spglib's way to the standard primitive cell of a cubic crystal. It depends on the operations alone, and spglib needs a time in
    /// proportion to the atoms that are not equivalent: the atoms of one species do where they have no operation beyond those of the crystal.
    /// Where axes are not equivalent, the choice between ones of equal lengths may depend on the other atoms, and spglib takes less time.
    /// </summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="options">The tolerances.</param>
    /// <param name="inCell">The operations of the cell.</param>
    /// <returns>The way; null where spglib must be asked for all atoms.</returns>
    public static PrimitiveReduction? FindReduction(Crystal crystal, SymmetryOptions options, FoundOperations inCell)
    {
        if (inCell.PointGroup < FirstCubic)
        {
            return null;
        }

        // The first of the rarest species, in which spglib looks for translations, too.
        var atoms = Enumerable.Range(0, crystal.Count).GroupBy(atom => crystal.Species[atom]).MinBy(species => species.Count())!.ToArray();
        if (atoms.Length == crystal.Count)
        {
            return null;
        }

        var part = new Crystal(crystal.Lattice, atoms.Select(atom => crystal.Species[atom]), atoms.Select(atom => crystal.FractionalPositions[atom]));
        return OperationSearch.FindInCell(part, options)?.Count == inCell.Count ? SymmetryFinder.FindReduction(part, options) : null;
    }

    private static Crystal? Primitive(
        Crystal crystal, FoundOperations inCell, (Vector3D Fractions, Vector3D Cartesian, int[] Permutation)[] translations)
    {
        Vector3D[] candidates =
        [
            .. translations.Select(translation => translation.Fractions).Where(t => t.Length > 1e-3),
            new(1, 0, 0), new(0, 1, 0), new(0, 0, 1),
        ];
        foreach (var a in candidates)
        {
            foreach (var b in candidates)
            {
                foreach (var c in candidates)
                {
                    if (Math.Abs(Math.Abs(a.Dot(b.Cross(c))) * translations.Length - 1) < 0.1)
                    {
                        var lattice = new Lattice(inCell.ToCartesian(a), inCell.ToCartesian(b), inCell.ToCartesian(c));
                        int[] atoms = [.. Enumerable.Range(0, crystal.Count).Where(atom => translations.All(translation => translation.Permutation[atom] >= atom))];
                        return atoms.Length * translations.Length == crystal.Count
                            ? new Crystal(
                                lattice,
                                atoms.Select(atom => crystal.Species[atom]),
                                atoms.Select(atom => lattice.ToFractional(crystal.Lattice.ToCartesian(crystal.FractionalPositions[atom]))))
                            : null;
                    }
                }
            }
        }

        return null;
    }
}
