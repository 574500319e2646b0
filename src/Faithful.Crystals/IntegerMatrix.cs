namespace Faithful.Crystals;

/// <summary>Integer 3×3 matrices, nine numbers row by row.</summary>
internal static class IntegerMatrix
{
    // 128 bits: the entries of a very skewed basis reach 1e8, and their triple products pass the range of a long.
    public static Int128 Determinant(ReadOnlySpan<int> m) =>
        ((Int128)m[0] * (((long)m[4] * m[8]) - ((long)m[5] * m[7])))
        - ((Int128)m[1] * (((long)m[3] * m[8]) - ((long)m[5] * m[6])))
        + ((Int128)m[2] * (((long)m[3] * m[7]) - ((long)m[4] * m[6])));

    public static bool IsIdentity(ReadOnlySpan<int> m) => m.SequenceEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);

    /// <summary>The nine numbers of a 3 × 3 array.</summary>
    /// <exception cref="ArgumentException">The array has another shape.</exception>
    public static int[] FromRows(int[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.GetLength(0) != 3 || matrix.GetLength(1) != 3)
        {
            var shape = $"{matrix.GetLength(0)} × {matrix.GetLength(1)}";
            throw new ArgumentException($"A change of basis is a 3 × 3 matrix, not {shape}.", nameof(matrix));
        }

        return
        [
            matrix[0, 0], matrix[0, 1], matrix[0, 2],
            matrix[1, 0], matrix[1, 1], matrix[1, 2],
            matrix[2, 0], matrix[2, 1], matrix[2, 2],
        ];
    }

    public static int[,] ToRows(ReadOnlySpan<int> m) => new[,] { { m[0], m[1], m[2] }, { m[3], m[4], m[5] }, { m[6], m[7], m[8] } };

    /// <summary>M · basis: each new basis vector is an integer combination of the old ones.</summary>
    public static Lattice Multiply(ReadOnlySpan<int> m, Lattice lattice) => new(
        (m[0] * lattice.A) + (m[1] * lattice.B) + (m[2] * lattice.C),
        (m[3] * lattice.A) + (m[4] * lattice.B) + (m[5] * lattice.C),
        (m[6] * lattice.A) + (m[7] * lattice.B) + (m[8] * lattice.C));

    /// <summary>v · M, for example fractions times the inverse of a change of basis.</summary>
    public static Vector3D Multiply(Vector3D v, ReadOnlySpan<int> m) => new(
        (v.X * m[0]) + (v.Y * m[3]) + (v.Z * m[6]),
        (v.X * m[1]) + (v.Y * m[4]) + (v.Z * m[7]),
        (v.X * m[2]) + (v.Y * m[5]) + (v.Z * m[8]));

    /// <summary>The inverse of a matrix whose determinant is 1 or −1: again integers.</summary>
    public static int[] InvertUnimodular(ReadOnlySpan<int> m)
    {
        var determinant = Determinant(m);
        if (determinant != 1 && determinant != -1)
        {
            throw new ArgumentException($"A change of basis has the determinant 1 or -1, not {determinant}.", nameof(m));
        }

        var sign = (long)determinant;
        var inverse = new int[9];
        for (var index = 0; index < 9; index++)
        {
            inverse[index] = checked((int)(sign * Cofactor(m, index % 3, index / 3)));
        }

        return inverse;
    }

    /// <summary>
    /// Signed minor of a place. The matrix of all of them, transposed, is the determinant times the inverse.
    /// </summary>
    public static long Cofactor(ReadOnlySpan<int> m, int row, int column)
    {
        var (r1, r2, c1, c2) = ((row + 1) % 3, (row + 2) % 3, (column + 1) % 3, (column + 2) % 3); // cyclic indices carry the sign
        return ((long)m[(3 * r1) + c1] * m[(3 * r2) + c2]) - ((long)m[(3 * r1) + c2] * m[(3 * r2) + c1]);
    }

    /// <summary>
    /// The diagonal of the upper triangular matrix whose rows span the same sublattice of the integers (Hermite's normal form):
    /// the vectors (i, j, k) from 0 to below it are one of each class of integer vectors modulo that sublattice.
    /// </summary>
    /// <param name="m">A matrix that is not singular.</param>
    public static (long First, long Second, long Third) HermiteDiagonal(ReadOnlySpan<int> m)
    {
        Span<Int128> h = stackalloc Int128[9];
        for (var index = 0; index < 9; index++)
        {
            h[index] = m[index];
        }

        for (var pivot = 0; pivot < 2; pivot++)
        {
            for (var row = pivot + 1; row < 3; row++)
            {
                while (h[(3 * row) + pivot] != 0) // Euclid's algorithm on two rows
                {
                    var quotient = h[(3 * pivot) + pivot] / h[(3 * row) + pivot];
                    for (var column = 0; column < 3; column++)
                    {
                        var (upper, lower) = (h[(3 * pivot) + column], h[(3 * row) + column]);
                        (h[(3 * pivot) + column], h[(3 * row) + column]) = (lower, upper - (quotient * lower));
                    }
                }
            }
        }

        return ((long)Int128.Abs(h[0]), (long)Int128.Abs(h[4]), (long)Int128.Abs(h[8]));
    }
}
