using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>
/// Describes crystals by the Niggli cell of their lattice: the one cell of shortest edges, and among those the one with all angles
/// acute or none, that a lattice has whatever cell it comes in (International Tables for Crystallography A, section 3.1.3).
/// </summary>
public static class NiggliTransformation
{
    /// <summary>
    /// How far two scalar products of basis vectors may differ and count as equal, as a fraction of V^⅔: that of files with five
    /// or six digits. A smaller one would let the last digits of a cubic cell decide between quite different cells.
    /// </summary>
    public const double DefaultTolerance = 1e-5;

    private const string Name = "Niggli reduction";

    /// <summary>Describes a crystal by its Niggli cell.</summary>
    /// <param name="crystal">The crystal, in any cell of either hand; a cell that is not primitive is reduced as it is.</param>
    /// <param name="tolerance">What counts as equal, 1e-12 to 1e-2; see <see cref="DefaultTolerance"/>.</param>
    /// <returns>The same crystal in its Niggli cell, of the same hand and in the same orientation; all atoms inside.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    /// <exception cref="TransformationException">The result is no Niggli cell of the lattice; see the other overload.</exception>
    public static Crystal ToNiggli(this Crystal crystal, double tolerance = DefaultTolerance) => crystal.ToNiggli(out _, tolerance);

    /// <summary>Describes a crystal by its Niggli cell.</summary>
    /// <param name="crystal">The crystal, in any cell of either hand; a cell that is not primitive is reduced as it is.</param>
    /// <param name="changeOfBasis">
    /// M, shape (3, 3), determinant 1: <c>Niggli basis = M · basis</c>, as <see cref="BasisChangeTransformation"/> takes it.
    /// </param>
    /// <param name="tolerance">What counts as equal, 1e-12 to 1e-2; see <see cref="DefaultTolerance"/>.</param>
    /// <returns>The same crystal in its Niggli cell, of the same hand and in the same orientation; all atoms inside.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    /// <exception cref="TransformationException">
    /// The result does not have the volume of the cell, an integer change of basis of determinant 1, or scalar products that
    /// satisfy the conditions of a Niggli cell within the tolerance.
    /// </exception>
    public static Crystal ToNiggli(this Crystal crystal, out int[,] changeOfBasis, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var lattice = crystal.Lattice.ToNiggli(out changeOfBasis, tolerance);
        if (ReferenceEquals(lattice, crystal.Lattice))
        {
            return crystal.Wrap();
        }

        var inverse = IntegerMatrix.InvertUnimodular(IntegerMatrix.FromRows(changeOfBasis));
        var positions = ImmutableArray.CreateBuilder<Vector3D>(crystal.Count);
        foreach (var position in crystal.FractionalPositions)
        {
            positions.Add(PeriodicCoordinate.Wrap(IntegerMatrix.Multiply(PeriodicCoordinate.Wrap(position), inverse)));
        }

        return Crystal.WithKnownDistances(lattice, crystal.Species, positions.MoveToImmutable());
    }

    /// <summary>Finds the Niggli cell of a lattice.</summary>
    /// <param name="lattice">The lattice, by a basis of either hand.</param>
    /// <param name="changeOfBasis">M, shape (3, 3), determinant 1: <c>Niggli basis = M · basis</c>.</param>
    /// <param name="tolerance">What counts as equal, 1e-12 to 1e-2; see <see cref="DefaultTolerance"/>.</param>
    /// <returns>The same lattice by its Niggli basis, of the same hand and in the same orientation; the very instance if it is one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    /// <exception cref="TransformationException">The result is no Niggli cell of the lattice.</exception>
    public static Lattice ToNiggli(this Lattice lattice, out int[,] changeOfBasis, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        if (!(tolerance is >= 1e-12 and <= 1e-2))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance of a Niggli reduction goes from 1e-12 to 1e-2.");
        }

        var matrix = NiggliReduction.Reduce(lattice, ref tolerance)
            ?? throw new TransformationException(Name, "an end of the steps", "none");
        changeOfBasis = IntegerMatrix.ToRows(matrix);
        if (IntegerMatrix.IsIdentity(matrix))
        {
            return lattice;
        }

        var reduced = IntegerMatrix.Multiply(matrix, lattice);
        var determinant = IntegerMatrix.Determinant(matrix);
        if (determinant != 1)
        {
            throw new TransformationException(Name, "a change of basis of determinant 1", $"{determinant}");
        }

        PostCondition.Volume(Name, lattice, reduced, 1);
        return NiggliReduction.BrokenCondition(reduced, tolerance) is { } broken
            ? throw new TransformationException(Name, $"a cell with {broken}", reduced.ToString())
            : reduced;
    }
}
