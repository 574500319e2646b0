using System.Collections.Immutable;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The rotations that a reduced cell can have: integer matrices of determinant 1 and order 1, 2, 3, 4 or 6 with entries of −1, 0
/// and 1, which no rotation of a Niggli cell leaves (International Tables for Crystallography A, section 3.1.3). A crystal
/// that has a rotation has its inverse too, so one of each such pair is kept.
/// </summary>
internal static class ReducedCellRotations
{
    /// <summary>Gets the matrices, nine entries in row-major order, in ascending order.</summary>
    public static ImmutableArray<ImmutableArray<int>> All { get; } = [.. Enumerate()];

    private static IEnumerable<ImmutableArray<int>> Enumerate()
    {
        HashSet<string> inverses = [];
        for (int code = 0; code < 19_683; code++) // 3⁹
        {
            var matrix = new int[9];
            for (int entry = 8, rest = code; entry >= 0; entry--, rest /= 3)
            {
                matrix[entry] = rest % 3 - 1;
            }

            if (Determinant(matrix) == 1 && Inverse(matrix) is { } inverse && !inverses.Contains(string.Join(",", matrix)))
            {
                inverses.Add(string.Join(",", inverse));
                yield return [.. matrix];
            }
        }
    }

    private static int Determinant(int[] m) =>
        m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);

    /// <summary>The power that undoes the matrix; null when none up to the fifth does.</summary>
    private static int[]? Inverse(int[] matrix)
    {
        int[] power = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        for (int exponent = 0; exponent <= 5; exponent++)
        {
            int[] next = Multiply(power, matrix);
            if (next.AsSpan().SequenceEqual((ReadOnlySpan<int>)[1, 0, 0, 0, 1, 0, 0, 0, 1]))
            {
                return power;
            }

            power = next;
        }

        return null;
    }

    private static int[] Multiply(int[] a, int[] b) =>
    [
        .. from i in Enumerable.Range(0, 3)
           from j in Enumerable.Range(0, 3)
           select a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j],
    ];
}
