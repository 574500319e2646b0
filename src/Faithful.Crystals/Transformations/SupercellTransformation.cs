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
    /// <exception cref="TransformationException">The supercell does not have n1 · n2 · n3 times the atoms and the volume.</exception>
    public static Crystal Supercell(this Crystal crystal, int n1, int n2, int n3)
    {
        ArgumentNullException.ThrowIfNull(crystal);
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

        return Checked(crystal, new(lattice.A * n1, lattice.B * n2, lattice.C * n3), species, positions, (long)cells);
    }

    /// <summary>
    /// Replaces the basis by M · basis, where M may have any determinant but zero: a cell |det M| times as large. The copies of
    /// an atom follow one another.
    /// </summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="matrix">M, shape (3, 3), row by row the new vectors in terms of the old.</param>
    /// <returns>The same crystal in the larger cell; a negative determinant turns the hand of the basis. Nothing is wrapped.</returns>
    /// <exception cref="ArgumentException">The matrix is not 3 × 3, or its determinant is zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The supercell is too large.</exception>
    /// <exception cref="InvalidCrystalException">The new vectors are too long or too skewed.</exception>
    /// <exception cref="TransformationException">The supercell does not have |det M| times the atoms and the volume.</exception>
    public static Crystal Supercell(this Crystal crystal, int[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var m = IntegerMatrix.FromRows(matrix);
        var determinant = IntegerMatrix.Determinant(m);
        if (determinant == 0)
        {
            throw new ArgumentException("The vectors of a supercell span a volume; the determinant of the matrix is 0.", nameof(matrix));
        }

        var cells = Int128.Abs(determinant);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells * crystal.Count, Array.MaxLength, "|det M| · atoms");
        Span<double> inverse = stackalloc double[9]; // times the determinant
        for (var index = 0; index < 9; index++)
        {
            inverse[index] = IntegerMatrix.Cofactor(m, index % 3, index / 3);
        }

        var (n1, n2, n3) = IntegerMatrix.HermiteDiagonal(m);
        var species = ImmutableArray.CreateBuilder<Element>(crystal.Count * (int)cells);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(crystal.Count * (int)cells);
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            for (var i1 = 0; i1 < n1; i1++)
            {
                for (var i2 = 0; i2 < n2; i2++)
                {
                    for (var i3 = 0; i3 < n3; i3++)
                    {
                        var f = crystal.FractionalPositions[atom] + new Vector3D(i1, i2, i3);
                        species.Add(crystal.Species[atom]);
                        positions.Add(new Vector3D(
                            (f.X * inverse[0]) + (f.Y * inverse[3]) + (f.Z * inverse[6]),
                            (f.X * inverse[1]) + (f.Y * inverse[4]) + (f.Z * inverse[7]),
                            (f.X * inverse[2]) + (f.Y * inverse[5]) + (f.Z * inverse[8])) / (double)determinant);
                    }
                }
            }
        }

        return Checked(crystal, IntegerMatrix.Multiply(m, crystal.Lattice), species, positions, (long)cells);
    }

    private static Crystal Checked(
        Crystal crystal,
        Lattice lattice,
        ImmutableArray<Element>.Builder species,
        ImmutableArray<Vector3D>.Builder positions,
        long cells)
    {
        var supercell = Crystal.WithKnownDistances(lattice, species.DrainToImmutable(), positions.DrainToImmutable());
        PostCondition.Count("supercell", supercell, cells * crystal.Count);
        PostCondition.Volume("supercell", crystal.Lattice, lattice, cells);
        return supercell;
    }
}
