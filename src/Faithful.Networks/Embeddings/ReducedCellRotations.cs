using System.Collections.Immutable;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The rotations that a reduced cell can have: integer matrices of determinant 1 and order 1, 2, 3, 4 or 6 with entries of −1, 0
/// and 1, which no rotation of a Niggli cell leaves (International Tables for Crystallography A, section 3.1.3).
/// </summary>
internal static class ReducedCellRotations
{
    /// <summary>Gets the matrices, nine entries in row-major order, in ascending order.</summary>
    public static ImmutableArray<ImmutableArray<int>> All { get; } = [.. Enumerate()];

    private static IEnumerable<ImmutableArray<int>> Enumerate()
    {
        for (int code = 0; code < 19_683; code++) // 3⁹
        {
            var matrix = new int[9];
            for (int entry = 8, rest = code; entry >= 0; entry--, rest /= 3)
            {
                matrix[entry] = rest % 3 - 1;
            }

            if (Determinant(matrix) == 1 && HasFiniteOrder(matrix))
            {
                yield return [.. matrix];
            }
        }
    }

    private static int Determinant(int[] m) =>
        m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);

    private static bool HasFiniteOrder(int[] matrix)
    {
        int[] power = matrix;
        for (int order = 1; order <= 6; order++)
        {
            if (power.AsSpan().SequenceEqual((ReadOnlySpan<int>)[1, 0, 0, 0, 1, 0, 0, 0, 1]))
            {
                return true;
            }

            power = Multiply(power, matrix);
        }

        return false;
    }

    private static int[] Multiply(int[] a, int[] b) =>
    [
        .. from i in Enumerable.Range(0, 3)
           from j in Enumerable.Range(0, 3)
           select a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j],
    ];
}
