using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Describes crystals by another basis of the same lattice.</summary>
public static class BasisChangeTransformation
{
    /// <summary>Replaces the basis by M · basis: each new basis vector is an integer combination of the old ones.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="matrix">M, shape (3, 3), row by row the new vectors in terms of the old; determinant 1 or −1.</param>
    /// <returns>The same crystal in another cell of the same volume; nothing is wrapped.</returns>
    /// <exception cref="ArgumentException">The matrix is not 3 × 3 with determinant 1 or −1.</exception>
    public static Crystal ChangeBasis(this Crystal crystal, int[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.GetLength(0) != 3 || matrix.GetLength(1) != 3)
        {
            var shape = $"{matrix.GetLength(0)} × {matrix.GetLength(1)}";
            throw new ArgumentException($"A change of basis is a 3 × 3 matrix, not {shape}.", nameof(matrix));
        }

        int[] m = [.. matrix.Cast<int>()];
        var inverse = IntegerMatrix.InvertUnimodular(m);
        var lattice = crystal.Lattice;
        return Crystal.WithKnownDistances(
            new Lattice(
                (m[0] * lattice.A) + (m[1] * lattice.B) + (m[2] * lattice.C),
                (m[3] * lattice.A) + (m[4] * lattice.B) + (m[5] * lattice.C),
                (m[6] * lattice.A) + (m[7] * lattice.B) + (m[8] * lattice.C)),
            crystal.Species,
            ImmutableArray.CreateRange(crystal.FractionalPositions, f => new Vector3D(
                (f.X * inverse[0]) + (f.Y * inverse[3]) + (f.Z * inverse[6]),
                (f.X * inverse[1]) + (f.Y * inverse[4]) + (f.Z * inverse[7]),
                (f.X * inverse[2]) + (f.Y * inverse[5]) + (f.Z * inverse[8]))));
    }
}
