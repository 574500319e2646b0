using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Bands;

/// <summary>The primitive cell of a crystal with its atoms on their symmetric places, its operations and its orbitals.</summary>
internal sealed class BandCell
{
    /// <summary>Ångström in a bohr (CODATA 2018).</summary>
    public const double Bohr = 0.529177210903;

    // Of the idealized cell: its operations hold to rounding errors, and what does not hold is off by more than this.
    private static readonly SymmetryOptions Exact = new() { DistanceTolerance = 0.01 };

    private BandCell(FoundOperations found, Crystal idealized)
    {
        var basis = found.Basis;
        Crystal = new Crystal(
            new Lattice(new(basis[0], basis[1], basis[2]), new(basis[3], basis[4], basis[5]), new(basis[6], basis[7], basis[8])),
            idealized.Species,
            Positions(found));
        var atoms = Crystal.Count;
        Operations = new BandOperation[found.Count];
        for (var index = 0; index < found.Count; index++)
        {
            var translation = found.TranslationFractions.Slice(3 * index, 3);
            Operations[index] = new(
                basis,
                found.Rotations.Slice(9 * index, 9),
                new(translation[0], translation[1], translation[2]),
                found.Permutations.Slice(atoms * index, atoms),
                found.Positions);
        }

        Atoms = [.. Crystal.Species.Select(BandAtom.Of)];
        FirstOrbital = new int[atoms + 1];
        for (var atom = 0; atom < atoms; atom++)
        {
            FirstOrbital[atom + 1] = FirstOrbital[atom] + Atoms[atom].Orbitals;
        }

        Electrons = (int)Math.Round(Atoms.Sum(atom => atom.ValenceElectrons));
    }

    /// <summary>Gets the crystal in a reduced basis.</summary>
    public Crystal Crystal { get; }

    /// <summary>Gets the operations, one for each element of the point group.</summary>
    public BandOperation[] Operations { get; }

    /// <summary>Gets the free atom of each atom; shape (atoms).</summary>
    public BandAtom[] Atoms { get; }

    /// <summary>Gets the first orbital of each atom; shape (atoms + 1).</summary>
    public int[] FirstOrbital { get; }

    /// <summary>Gets the number of orbitals, without spin.</summary>
    public int Orbitals => FirstOrbital[^1];

    /// <summary>Gets the number of electrons in these orbitals.</summary>
    public int Electrons { get; }

    /// <summary>Gets the number of orbitals that the calculation would have, without finding the symmetry.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>The orbitals of its atoms; null where an element has no atom here.</returns>
    public static int? CountOrbitals(Crystal crystal) =>
        crystal.Species.All(BandAtom.Covers) ? crystal.Species.Sum(element => BandAtom.Of(element).Orbitals) : null;

    /// <summary>Finds the cell.</summary>
    /// <param name="crystal">The crystal in any cell.</param>
    /// <param name="options">The tolerances of its symmetry.</param>
    /// <returns>The cell; null where its symmetry is not certain.</returns>
    public static BandCell? Find(Crystal crystal, SymmetryOptions options)
    {
        try
        {
            var idealized = SymmetryFinder.Primitive(crystal, options with { Idealize = true });
            return OperationSearch.Find(idealized, Exact) is { } found ? new(found, idealized) : null;
        }
        catch (SymmetryException)
        {
            return null;
        }
    }

    private static IEnumerable<Vector3D> Positions(FoundOperations found)
    {
        var positions = found.Positions.ToArray();
        return Enumerable.Range(0, positions.Length / 3).Select(atom => new Vector3D(positions[3 * atom], positions[(3 * atom) + 1], positions[(3 * atom) + 2]));
    }
}
