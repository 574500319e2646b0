using System.Runtime.Intrinsics;

namespace Faithful.Crystals.Bands;

/// <summary>Products of dense matrices, row by row.</summary>
/// <remarks>
/// Twelve columns of the right factor at a time are copied side by side; blocks of four by twelve of the result stay in registers.
/// </remarks>
internal static unsafe class MatrixProduct
{
    private const int Height = 4;
    private const int Width = 12;

    /// <summary>C = A B.</summary>
    /// <param name="a">rows × inner.</param>
    /// <param name="b">inner × columns.</param>
    /// <param name="c">rows × columns, receives the product.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="inner">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <exception cref="ArgumentException">A span is too short, or a size negative.</exception>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns) =>
        Multiply(a, b, c, rows, inner, columns, isTransposed: false, MatrixTriangles.None);

    /// <summary>C = A Bᵀ.</summary>
    /// <param name="a">rows × inner.</param>
    /// <param name="b">columns × inner.</param>
    /// <param name="c">rows × columns, receives the product.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="inner">Columns of A and B.</param>
    /// <param name="columns">Rows of B, columns of C.</param>
    /// <exception cref="ArgumentException">A span is too short, or a size negative.</exception>
    public static void MultiplyTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns) =>
        Multiply(a, b, c, rows, inner, columns, isTransposed: true, MatrixTriangles.None);

    /// <summary>C = A B or C = A Bᵀ, leaving out what <paramref name="triangles"/> allows.</summary>
    /// <param name="a">rows × inner.</param>
    /// <param name="b">inner × columns, or columns × inner.</param>
    /// <param name="c">rows × columns, receives the product; above a lower triangle that was asked for anything.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="inner">The length of the sums.</param>
    /// <param name="columns">Columns of C.</param>
    /// <param name="isTransposed">Whether Bᵀ is meant.</param>
    /// <param name="triangles">What need not be computed. A triangle that is said to be zero must be zero near the diagonal at least.</param>
    /// <exception cref="ArgumentException">A span is too short, or a size negative.</exception>
    public static void Multiply(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns, bool isTransposed, MatrixTriangles triangles)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, (long)rows * inner, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, (long)inner * columns, nameof(b));
        ArgumentOutOfRangeException.ThrowIfLessThan(c.Length, (long)rows * columns, nameof(c));
        using var memory = new AlignedMemory((inner * Width) + (Height * Width));
        var block = memory.Start;
        var panel = block + (Height * Width);
        fixed (double* left = a, right = b, result = c)
        {
            for (var column = 0; column < columns; column += Width)
            {
                var width = Math.Min(Width, columns - column);
                Pack(right, panel, inner, columns, column, width, isTransposed);
                var (first, last) = (0, inner);
                if (triangles.HasFlag(MatrixTriangles.RightLower))
                {
                    (first, last) = isTransposed ? (0, Math.Min(inner, column + Width)) : (Math.Min(column, inner), inner);
                }

                var start = triangles.HasFlag(MatrixTriangles.ResultLower) ? column / Height * Height : 0;
                for (var row = start; row < rows; row += Height)
                {
                    var end = triangles.HasFlag(MatrixTriangles.LeftLower) ? Math.Min(last, row + Height) : last;
                    MultiplyBlock(left + ((nint)row * inner), inner, Math.Min(Height, rows - row), panel, first, end, block);
                    for (var i = 0; i < Math.Min(Height, rows - row); i++)
                    {
                        new ReadOnlySpan<double>(block + (i * Width), width).CopyTo(new(result + ((nint)(row + i) * columns) + column, width));
                    }
                }
            }
        }
    }

    private static void Pack(double* b, double* panel, int inner, int columns, int column, int width, bool isTransposed)
    {
        if (width < Width)
        {
            new Span<double>(panel, inner * Width).Clear();
        }

        for (var k = 0; k < inner; k++)
        {
            if (!isTransposed)
            {
                new ReadOnlySpan<double>(b + ((nint)k * columns) + column, width).CopyTo(new(panel + (k * Width), width));
                continue;
            }

            for (var j = 0; j < width; j++)
            {
                panel[(k * Width) + j] = b[((nint)(column + j) * inner) + k];
            }
        }
    }

    private static void MultiplyBlock(double* a, int inner, int rows, double* panel, int first, int last, double* block)
    {
        // Where fewer rows are left the last one stands in for those that are missing.
        var a1 = a + ((nint)Math.Min(1, rows - 1) * inner);
        var a2 = a + ((nint)Math.Min(2, rows - 1) * inner);
        var a3 = a + ((nint)Math.Min(3, rows - 1) * inner);
        var zero = Vector256<double>.Zero;
        var (c00, c01, c02, c10, c11, c12) = (zero, zero, zero, zero, zero, zero);
        var (c20, c21, c22, c30, c31, c32) = (zero, zero, zero, zero, zero, zero);
        for (var k = first; k < last; k++)
        {
            var line = panel + (k * Width);
            var (b0, b1, b2) = (Vector256.Load(line), Vector256.Load(line + 4), Vector256.Load(line + 8));
            var factor = Vector256.Create(a[k]);
            c00 = Vector256.FusedMultiplyAdd(factor, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(factor, b1, c01);
            c02 = Vector256.FusedMultiplyAdd(factor, b2, c02);
            factor = Vector256.Create(a1[k]);
            c10 = Vector256.FusedMultiplyAdd(factor, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(factor, b1, c11);
            c12 = Vector256.FusedMultiplyAdd(factor, b2, c12);
            factor = Vector256.Create(a2[k]);
            c20 = Vector256.FusedMultiplyAdd(factor, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(factor, b1, c21);
            c22 = Vector256.FusedMultiplyAdd(factor, b2, c22);
            factor = Vector256.Create(a3[k]);
            c30 = Vector256.FusedMultiplyAdd(factor, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(factor, b1, c31);
            c32 = Vector256.FusedMultiplyAdd(factor, b2, c32);
        }

        Store(block, c00, c01, c02);
        Store(block + Width, c10, c11, c12);
        Store(block + (2 * Width), c20, c21, c22);
        Store(block + (3 * Width), c30, c31, c32);
    }

    private static void Store(double* row, Vector256<double> first, Vector256<double> second, Vector256<double> third)
    {
        first.Store(row);
        second.Store(row + 4);
        third.Store(row + 8);
    }
}
