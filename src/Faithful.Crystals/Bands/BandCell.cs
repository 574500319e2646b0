using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Bands;

/// <summary>The primitive cell of a crystal with its atoms on their symmetric places, its operations and its orbitals.</summary>
internal sealed class BandCell
{
    /// <summary>Ångström in a bohr (CODATA 2018).</summary>
    public const double Bohr = 0.529177210903;

    private BandCell(SymmetrizedCell symmetrized)
    {
        Crystal = symmetrized.ToCrystal();
        var atoms = Crystal.Count;
        var lattice = Crystal.Lattice;
        double[] basis = [lattice.A.X, lattice.A.Y, lattice.A.Z, lattice.B.X, lattice.B.Y, lattice.B.Z, lattice.C.X, lattice.C.Y, lattice.C.Z];
        Operations = new BandOperation[symmetrized.Count];
        for (var index = 0; index < Operations.Length; index++)
        {
            var translation = symmetrized.Translations.AsSpan(3 * index, 3);
            Operations[index] = new(
                basis,
                symmetrized.Rotations.AsSpan(9 * index, 9),
                new(translation[0], translation[1], translation[2]),
                symmetrized.Images.AsSpan(atoms * index, atoms),
                symmetrized.Positions);
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
            return SymmetrizedCell.Find(SymmetryFinder.Primitive(crystal, options with { Idealize = false }), options) is { } cell ? new(cell) : null;
        }
        catch (SymmetryException)
        {
            return null;
        }
    }
}
