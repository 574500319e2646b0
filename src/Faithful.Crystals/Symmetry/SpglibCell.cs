using System.Collections.Immutable;

namespace Faithful.Crystals.Symmetry;

/// <summary>A crystal as spglib takes it, and back.</summary>
internal sealed class SpglibCell
{
    /// <summary>A conventional cell has at most four primitive cells.</summary>
    private const int Room = 4;

    /// <summary>Initializes a new instance of the <see cref="SpglibCell"/> class.</summary>
    /// <remarks>
    /// spglib wants a right-handed basis. Turning all three vectors and all fractions round describes the same crystal by a
    /// basis of the other hand, so a left-handed one goes in that way and comes back right-handed.
    /// </remarks>
    /// <param name="crystal">The crystal.</param>
    public SpglibCell(Crystal crystal)
    {
        var sign = crystal.Lattice.IsRightHanded ? 1.0 : -1.0;
        var (a, b, c) = (sign * crystal.Lattice.A, sign * crystal.Lattice.B, sign * crystal.Lattice.C);
        Lattice = [a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z]; // columns are vectors
        Count = crystal.Count;
        Positions = new double[3 * Room * Count];
        Types = new int[Room * Count];
        for (var atom = 0; atom < Count; atom++)
        {
            var position = PeriodicCoordinate.Wrap(sign * crystal.FractionalPositions[atom]);
            Positions[3 * atom] = position.X;
            Positions[(3 * atom) + 1] = position.Y;
            Positions[(3 * atom) + 2] = position.Z;
            Types[atom] = crystal.Species[atom].AtomicNumber;
        }
    }

    /// <summary>Gets nine numbers, Å; columns are vectors.</summary>
    public double[] Lattice { get; }

    /// <summary>Gets the fractions; shape (atoms, 3), with room for four times as many atoms.</summary>
    public double[] Positions { get; }

    /// <summary>Gets the atomic numbers; shape (atoms), with room for four times as many.</summary>
    public int[] Types { get; }

    /// <summary>Gets the number of atoms.</summary>
    public int Count { get; }

    /// <summary>Reads the crystal that spglib has left in the arrays.</summary>
    /// <param name="count">Its number of atoms.</param>
    /// <returns>The crystal.</returns>
    /// <exception cref="InvalidCrystalException">The arrays hold no valid crystal.</exception>
    public Crystal ToCrystal(int count)
    {
        var species = ImmutableArray.CreateBuilder<Element>(count);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(count);
        for (var atom = 0; atom < count; atom++)
        {
            species.Add(Element.FromAtomicNumber(Types[atom]));
            positions.Add(new(Positions[3 * atom], Positions[(3 * atom) + 1], Positions[(3 * atom) + 2]));
        }

        var l = Lattice;
        return new Crystal(
            new Lattice(new(l[0], l[3], l[6]), new(l[1], l[4], l[7]), new(l[2], l[5], l[8])),
            species.MoveToImmutable(),
            positions.MoveToImmutable());
    }
}
