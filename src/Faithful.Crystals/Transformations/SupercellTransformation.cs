using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Repeats cells.</summary>
public static class SupercellTransformation
{
    /// <summary>Repeats the cell along its basis vectors. The copies of an atom follow one another.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="n1">The number of cells along a, at least 1.</param>
    /// <param name="n2">The number of cells along b, at least 1.</param>
    /// <param name="n3">The number of cells along c, at least 1.</param>
    /// <returns>The same crystal in a cell n1 · n2 · n3 times as large.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1, or the supercell is too large.</exception>
    public static Crystal Supercell(this Crystal crystal, int n1, int n2, int n3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(n2, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(n3, 1);
        var cells = (double)n1 * n2 * n3;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells * crystal.Count, Array.MaxLength, "n1 · n2 · n3 · atoms");

        var lattice = crystal.Lattice;
        var species = ImmutableArray.CreateBuilder<Element>(crystal.Count * (int)cells);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(crystal.Count * (int)cells);
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            var position = crystal.FractionalPositions[atom];
            for (var i1 = 0; i1 < n1; i1++)
            {
                for (var i2 = 0; i2 < n2; i2++)
                {
                    for (var i3 = 0; i3 < n3; i3++)
                    {
                        species.Add(crystal.Species[atom]);
                        positions.Add(new((position.X + i1) / n1, (position.Y + i2) / n2, (position.Z + i3) / n3));
                    }
                }
            }
        }

        return Crystal.WithKnownDistances(
            new Lattice(lattice.A * n1, lattice.B * n2, lattice.C * n3),
            species.MoveToImmutable(),
            positions.MoveToImmutable());
    }
}
