using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>
/// Describes crystals in one of the bases of their lattice that depends on nothing but the crystal: not on the basis that it is
/// given in, nor on its orientation, origin or order of atoms.
/// </summary>
/// <remarks>
/// Measured on the 140,183 crystals of the Materials Project, each described in two random bases, orientations, origins and
/// orders: but for a shift of the origin, 4 of them came out in cells that differ (by more than 1e-4), against 23 % in Niggli
/// cells, which several bases of a symmetric lattice have. Moving every coordinate by up to 0.02 Å leads to another basis in 1.5 %
/// (Niggli: 21 %): those where bases that are not equivalent are nearly so. No continuous choice of a basis exists.
/// </remarks>
public static class CanonicalCellTransformation
{
    private const string Name = "canonical cell";

    private const double MetricTolerance = 1e-9; // square roots of a rotated basis; cells of the greatest skew lose some digits

    /// <summary>
    /// Describes a crystal in its canonical cell: the vectors are the shortest of the lattice (but for 3 % where that makes angles
    /// more regular), in ascending order but for nearly equal ones; among bases that are equal or nearly so in lengths and angles
    /// the positions of the atoms choose.
    /// </summary>
    /// <param name="crystal">The crystal, in any cell of either hand; a cell that is not primitive stays one.</param>
    /// <returns>
    /// The same crystal (not its mirror image) in a right-handed cell with a along x and b in the xy plane, about the same origin;
    /// all atoms inside, in the same order. Nothing of its symmetry is looked for.
    /// </returns>
    /// <exception cref="TransformationException">The result does not have the lengths and angles of a basis of the lattice.</exception>
    public static Crystal ToCanonicalCell(this Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var reduction = crystal.Lattice.Reduction;
        var hand = reduction.A.Dot(reduction.B.Cross(reduction.C)) > 0 ? 1 : -1;
        var fractions = new Vector3D[crystal.Count]; // of the reduced basis
        for (var atom = 0; atom < fractions.Length; atom++)
        {
            var position = PeriodicCoordinate.Wrap(crystal.FractionalPositions[atom]);
            fractions[atom] = PeriodicCoordinate.Wrap(IntegerMatrix.Multiply(position, reduction.RowsOfOriginal) * hand);
        }

        var rows = CanonicalCellSearch.Find(hand * reduction.A, hand * reduction.B, hand * reduction.C, fractions, crystal.Species);
        var inverse = IntegerMatrix.InvertUnimodular(rows);
        var basis = IntegerMatrix.Multiply(rows, new Lattice(hand * reduction.A, hand * reduction.B, hand * reduction.C));
        var lattice = Upright(basis);
        PostCondition.Volume(Name, crystal.Lattice, lattice, 1);
        PostCondition.Metric(Name, basis, lattice, 1, MetricTolerance);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(fractions.Length);
        foreach (var position in fractions)
        {
            positions.Add(PeriodicCoordinate.Wrap(IntegerMatrix.Multiply(position, inverse)));
        }

        return Crystal.WithKnownDistances(lattice, crystal.Species, positions.MoveToImmutable());
    }

    // a along x, b in the xy plane with y > 0, c with z > 0.
    private static Lattice Upright(Lattice basis)
    {
        var normal = basis.A.Cross(basis.B);
        var (x, z) = (basis.A / basis.A.Length, normal / normal.Length);
        var y = z.Cross(x);
        return new Lattice(
            new(basis.A.Length, 0, 0),
            new(basis.B.Dot(x), basis.B.Dot(y), 0),
            new(basis.C.Dot(x), basis.C.Dot(y), basis.C.Dot(z)));
    }
}
