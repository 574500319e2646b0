using System.Runtime.Intrinsics;

namespace Faithful.Crystals.Bands;

/// <summary>The lower triangular L with S = L Lᵀ of a positive definite matrix, and its inverse.</summary>
internal static unsafe class CholeskyFactor
{
    /// <summary>Replaces the lower triangle of a symmetric matrix by L; the rest is neither read nor changed.</summary>
    /// <param name="matrix">order × order, row by row.</param>
    /// <param name="order">The order of the matrix.</param>
    /// <returns>False where a pivot is not positive, or not a number; the lower triangle is then of no use.</returns>
    /// <exception cref="ArgumentException">The span is too short, or the order negative.</exception>
    public static bool TryFactor(Span<double> matrix, int order)
    {
        EigenSorting.Check(order, order, matrix.Length);
        fixed (double* start = matrix)
        {
            for (var i = 0; i < order; i++)
            {
                var row = start + ((nint)i * order);
                var j = 0;
                for (; j + 1 < i; j += 2)
                {
                    var above = start + ((nint)j * order);
                    var (first, second) = DotTwo(row, above, above + order, j);
                    row[j] = (row[j] - first) / above[j];
                    row[j + 1] = (row[j + 1] - second - (row[j] * above[order + j])) / above[order + j + 1];
                }

                if (j < i)
                {
                    var above = start + ((nint)j * order);
                    row[j] = (row[j] - DotTwo(row, above, above, j).First) / above[j];
                }

                var pivot = row[i] - DotTwo(row, row, row, i).First;
                if (!(pivot > 0 && double.IsFinite(pivot)))
                {
                    return false;
                }

                row[i] = Math.Sqrt(pivot);
            }
        }

        return true;
    }

    /// <summary>Replaces L by its inverse, and what is above the diagonal by zero.</summary>
    /// <param name="factor">order × order, row by row, what <see cref="TryFactor"/> made.</param>
    /// <param name="order">The order of the matrix.</param>
    /// <exception cref="ArgumentException">The span is too short, or the order negative.</exception>
    public static void Invert(Span<double> factor, int order)
    {
        EigenSorting.Check(order, order, factor.Length);
        using var memory = new AlignedMemory(order);
        var multipliers = memory.Start;
        fixed (double* start = factor)
        {
            for (var i = 0; i < order; i++)
            {
                var row = start + ((nint)i * order);
                var scale = 1 / row[i];
                for (var k = 0; k < i; k++)
                {
                    multipliers[k] = -scale * row[k];
                }

                new Span<double>(row, order).Clear();
                row[i] = scale;

                // Row k of the inverse ends at k: with it the three that follow, of which the longest has k + 4 entries.
                var first = 0;
                for (; first + 4 <= i; first += 4)
                {
                    AddFour(start + ((nint)first * order), order, multipliers + first, row, first + 4);
                }

                for (; first < i; first++)
                {
                    var above = start + ((nint)first * order);
                    for (var k = 0; k <= first; k++)
                    {
                        row[k] = Math.FusedMultiplyAdd(multipliers[first], above[k], row[k]);
                    }
                }
            }
        }
    }

    /// <summary>C = L⁻¹ A L⁻ᵀ of a symmetric A.</summary>
    /// <param name="inverse">L⁻¹, order × order, from <see cref="Invert"/>.</param>
    /// <param name="matrix">A, order × order.</param>
    /// <param name="order">The order of the matrices.</param>
    /// <param name="half">order × order, temporary.</param>
    /// <param name="result">order × order; its lower triangle receives that of C.</param>
    /// <exception cref="ArgumentException">A span is too short, or the order negative.</exception>
    public static void Transform(ReadOnlySpan<double> inverse, ReadOnlySpan<double> matrix, int order, Span<double> half, Span<double> result)
    {
        MatrixProduct.Multiply(inverse, matrix, half, order, order, order, isTransposed: false, MatrixTriangles.LeftLower);
        const MatrixTriangles Triangles = MatrixTriangles.RightLower | MatrixTriangles.ResultLower;
        MatrixProduct.Multiply(half, inverse, result, order, order, order, isTransposed: true, Triangles);
    }

    /// <summary>Applies L⁻ᵀ to vectors that are the rows of a matrix.</summary>
    /// <param name="inverse">L⁻¹, order × order, from <see cref="Invert"/>.</param>
    /// <param name="vectors">order × order, a vector a row.</param>
    /// <param name="order">The order of the matrices.</param>
    /// <param name="result">order × order; receives the vectors.</param>
    /// <exception cref="ArgumentException">A span is too short, or the order negative.</exception>
    public static void TransformBack(ReadOnlySpan<double> inverse, ReadOnlySpan<double> vectors, int order, Span<double> result) =>
        MatrixProduct.Multiply(vectors, inverse, result, order, order, order, isTransposed: false, MatrixTriangles.RightLower);

    private static (double First, double Second) DotTwo(double* x, double* first, double* second, int length)
    {
        var (lanes1, lanes2) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var k = 0;
        for (; k + VectorKernels.Lanes <= length; k += VectorKernels.Lanes)
        {
            var a = Vector256.Load(x + k);
            lanes1 = Vector256.FusedMultiplyAdd(a, Vector256.Load(first + k), lanes1);
            lanes2 = Vector256.FusedMultiplyAdd(a, Vector256.Load(second + k), lanes2);
        }

        var (sum1, sum2) = (VectorKernels.Sum(lanes1), VectorKernels.Sum(lanes2));
        for (; k < length; k++)
        {
            sum1 = Math.FusedMultiplyAdd(x[k], first[k], sum1);
            sum2 = Math.FusedMultiplyAdd(x[k], second[k], sum2);
        }

        return (sum1, sum2);
    }

    // row += four rows of the inverse, each with its multiplier; length is a multiple of four.
    private static void AddFour(double* rows, int stride, double* multipliers, double* row, int length)
    {
        var (m0, m1) = (Vector256.Create(multipliers[0]), Vector256.Create(multipliers[1]));
        var (m2, m3) = (Vector256.Create(multipliers[2]), Vector256.Create(multipliers[3]));
        var row1 = rows + stride;
        var row2 = rows + (2 * stride);
        var row3 = rows + (3 * stride);
        for (var k = 0; k < length; k += VectorKernels.Lanes)
        {
            var sum = Vector256.FusedMultiplyAdd(m0, Vector256.Load(rows + k), Vector256.Load(row + k));
            sum = Vector256.FusedMultiplyAdd(m1, Vector256.Load(row1 + k), sum);
            sum = Vector256.FusedMultiplyAdd(m2, Vector256.Load(row2 + k), sum);
            Vector256.FusedMultiplyAdd(m3, Vector256.Load(row3 + k), sum).Store(row + k);
        }
    }
}
