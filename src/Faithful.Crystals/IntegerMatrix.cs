namespace Faithful.Crystals;

/// <summary>Integer 3×3 matrices, nine numbers row by row.</summary>
internal static class IntegerMatrix
{
    // 128 bits: the entries of a very skewed basis reach 1e8, and their triple products pass the range of a long.
    public static Int128 Determinant(ReadOnlySpan<int> m) =>
        ((Int128)m[0] * (((long)m[4] * m[8]) - ((long)m[5] * m[7])))
        - ((Int128)m[1] * (((long)m[3] * m[8]) - ((long)m[5] * m[6])))
        + ((Int128)m[2] * (((long)m[3] * m[7]) - ((long)m[4] * m[6])));

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
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                // Cofactor of the transposed place; the cyclic indices carry its sign.
                var (r1, r2, c1, c2) = ((column + 1) % 3, (column + 2) % 3, (row + 1) % 3, (row + 2) % 3);
                var cofactor = ((long)m[(3 * r1) + c1] * m[(3 * r2) + c2]) - ((long)m[(3 * r1) + c2] * m[(3 * r2) + c1]);
                inverse[(3 * row) + column] = checked((int)(sign * cofactor));
            }
        }

        return inverse;
    }
}
