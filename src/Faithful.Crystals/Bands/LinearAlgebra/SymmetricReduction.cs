using System.Runtime.Intrinsics;

namespace Faithful.Crystals.Bands;

/// <summary>Householder reduction of a real symmetric matrix to a tridiagonal one, from the last row to the first.</summary>
/// <remarks>
/// The reflections are I - v vᵀ with |v|² = 2; the vector of row i, whose entries from i on are zero, takes the place of that row.
/// The update of rank two by one reflection and the product with the vector of the next are made in one pass over the matrix, which
/// is what the time goes into. Rows and columns beyond the block that is left meet zeros only, so that no loop has a tail.
/// </remarks>
internal static unsafe class SymmetricReduction
{
    private const int Rows = 4; // that are worked on at a time
    private const double Negligible = 1e-280; // a squared length, of a matrix whose largest entry is about one

    /// <summary>Reduces <paramref name="matrix"/>.</summary>
    /// <param name="matrix">RoundUp(order + 1, 4) rows at <paramref name="stride"/>, zero outside of the matrix; the vectors afterwards.</param>
    /// <param name="order">The order.</param>
    /// <param name="stride">From row to row.</param>
    /// <param name="diagonal">Receives the diagonal.</param>
    /// <param name="coupling">Receives at i the entry between i - 1 and i.</param>
    /// <param name="scratch">3 × stride numbers, zero.</param>
    public static void Reduce(double* matrix, int order, int stride, double* diagonal, double* coupling, double* scratch)
    {
        var v = scratch;
        var w = scratch + stride;
        var p = scratch + (2 * stride);
        for (var i = order - 1; i > 0; i--)
        {
            var row = matrix + ((nint)i * stride);
            var length = VectorKernels.RoundUp(i + 1, VectorKernels.Lanes);
            VectorKernels.AddScaled(-v[i], w, row, length);
            VectorKernels.AddScaled(-w[i], v, row, length);
            diagonal[i] = row[i];
            v[i] = 0;
            w[i] = 0;
            coupling[i] = Reflect(row, i, stride);
            UpdateAndMultiply(matrix, i, stride, v, w, row, p);
            new Span<double>(p + i, stride - i).Clear();
            length = VectorKernels.RoundUp(i, VectorKernels.Lanes);
            var half = 0.5 * VectorKernels.Dot(p, row, length);
            VectorKernels.AddScaled(-half, row, p, length);
            var free = w;
            w = p;
            p = free;
            new Span<double>(row, i).CopyTo(new(v, i));
        }

        diagonal[0] = matrix[0];
        matrix[0] = 0;
        coupling[0] = 0;
    }

    /// <summary>Writes the transposed product of all reflections: rows that a tridiagonal eigenvector combines to one of the matrix.</summary>
    /// <param name="reflections">What <see cref="Reduce"/> left.</param>
    /// <param name="order">The order.</param>
    /// <param name="stride">From row to row, of both.</param>
    /// <param name="result">RoundUp(order, 4) rows, zero.</param>
    public static void Accumulate(double* reflections, int order, int stride, double* result)
    {
        for (var first = 0; first < order; first += Rows)
        {
            var rows = result + ((nint)first * stride);
            for (var row = 0; row < Math.Min(Rows, order - first); row++)
            {
                rows[((nint)row * stride) + first + row] = 1;
            }

            // Two reflections at a time; after the last comes a row of zeros, which changes nothing.
            for (var i = first + 1; i < order; i += 2)
            {
                ReflectRows(rows, stride, reflections + ((nint)i * stride), VectorKernels.RoundUp(i + 1, VectorKernels.Lanes));
            }
        }
    }

    // Makes the vector that reflects the first `count` entries of a row to a multiple of the last of them, which it returns.
    private static double Reflect(double* row, int count, int stride)
    {
        var last = row[count - 1];
        new Span<double>(row + count - 1, stride - count + 1).Clear();
        var length = VectorKernels.RoundUp(count, VectorKernels.Lanes);
        var rest = VectorKernels.Dot(row, row, length);
        if (rest < Negligible)
        {
            new Span<double>(row, length).Clear();
            return last;
        }

        var image = -Math.CopySign(Math.Sqrt(rest + (last * last)), last);
        row[count - 1] = last - image;
        VectorKernels.Scale(1 / Math.Sqrt(-image * (last - image)), row, length);
        return image;
    }

    // matrix -= v wᵀ + w vᵀ, then product = matrix next, of the leading block.
    private static void UpdateAndMultiply(double* matrix, int order, int stride, double* v, double* w, double* next, double* product)
    {
        var length = VectorKernels.RoundUp(order, VectorKernels.Lanes);
        for (var j = 0; j < order; j += Rows)
        {
            var row0 = matrix + ((nint)j * stride);
            var row1 = row0 + stride;
            var row2 = row0 + (2 * stride);
            var row3 = row0 + (3 * stride);
            var (v0, v1, v2, v3) = (Vector256.Create(-v[j]), Vector256.Create(-v[j + 1]), Vector256.Create(-v[j + 2]), Vector256.Create(-v[j + 3]));
            var (w0, w1, w2, w3) = (Vector256.Create(-w[j]), Vector256.Create(-w[j + 1]), Vector256.Create(-w[j + 2]), Vector256.Create(-w[j + 3]));
            var (sum0, sum1, sum2, sum3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            for (var k = 0; k < length; k += VectorKernels.Lanes)
            {
                var (vk, wk, nextk) = (Vector256.Load(v + k), Vector256.Load(w + k), Vector256.Load(next + k));
                var a0 = Vector256.FusedMultiplyAdd(w0, vk, Vector256.FusedMultiplyAdd(v0, wk, Vector256.Load(row0 + k)));
                var a1 = Vector256.FusedMultiplyAdd(w1, vk, Vector256.FusedMultiplyAdd(v1, wk, Vector256.Load(row1 + k)));
                var a2 = Vector256.FusedMultiplyAdd(w2, vk, Vector256.FusedMultiplyAdd(v2, wk, Vector256.Load(row2 + k)));
                var a3 = Vector256.FusedMultiplyAdd(w3, vk, Vector256.FusedMultiplyAdd(v3, wk, Vector256.Load(row3 + k)));
                a0.Store(row0 + k);
                a1.Store(row1 + k);
                a2.Store(row2 + k);
                a3.Store(row3 + k);
                sum0 = Vector256.FusedMultiplyAdd(a0, nextk, sum0);
                sum1 = Vector256.FusedMultiplyAdd(a1, nextk, sum1);
                sum2 = Vector256.FusedMultiplyAdd(a2, nextk, sum2);
                sum3 = Vector256.FusedMultiplyAdd(a3, nextk, sum3);
            }

            product[j] = VectorKernels.Sum(sum0);
            product[j + 1] = VectorKernels.Sum(sum1);
            product[j + 2] = VectorKernels.Sum(sum2);
            product[j + 3] = VectorKernels.Sum(sum3);
        }
    }

    // Four rows from the right by the reflection at `first` and the one in the row after it.
    private static void ReflectRows(double* rows, int stride, double* first, int length)
    {
        var second = first + stride;
        var overlap = Vector256<double>.Zero;
        var row0 = rows;
        var row1 = rows + stride;
        var row2 = rows + (2 * stride);
        var row3 = rows + (3 * stride);
        var (a0, a1, a2, a3) = (overlap, overlap, overlap, overlap);
        var (b0, b1, b2, b3) = (overlap, overlap, overlap, overlap);
        for (var k = 0; k < length; k += VectorKernels.Lanes)
        {
            var (x, y) = (Vector256.Load(first + k), Vector256.Load(second + k));
            var (r0, r1, r2, r3) = (Vector256.Load(row0 + k), Vector256.Load(row1 + k), Vector256.Load(row2 + k), Vector256.Load(row3 + k));
            overlap = Vector256.FusedMultiplyAdd(x, y, overlap);
            a0 = Vector256.FusedMultiplyAdd(r0, x, a0);
            a1 = Vector256.FusedMultiplyAdd(r1, x, a1);
            a2 = Vector256.FusedMultiplyAdd(r2, x, a2);
            a3 = Vector256.FusedMultiplyAdd(r3, x, a3);
            b0 = Vector256.FusedMultiplyAdd(r0, y, b0);
            b1 = Vector256.FusedMultiplyAdd(r1, y, b1);
            b2 = Vector256.FusedMultiplyAdd(r2, y, b2);
            b3 = Vector256.FusedMultiplyAdd(r3, y, b3);
        }

        // The second reflection meets rows that the first has changed.
        var common = VectorKernels.Sum(overlap);
        var (s0, s1, s2, s3) = (-VectorKernels.Sum(a0), -VectorKernels.Sum(a1), -VectorKernels.Sum(a2), -VectorKernels.Sum(a3));
        b0 = Vector256.Create(-VectorKernels.Sum(b0) - (s0 * common));
        b1 = Vector256.Create(-VectorKernels.Sum(b1) - (s1 * common));
        b2 = Vector256.Create(-VectorKernels.Sum(b2) - (s2 * common));
        b3 = Vector256.Create(-VectorKernels.Sum(b3) - (s3 * common));
        (a0, a1, a2, a3) = (Vector256.Create(s0), Vector256.Create(s1), Vector256.Create(s2), Vector256.Create(s3));
        for (var k = 0; k < length; k += VectorKernels.Lanes)
        {
            var (x, y) = (Vector256.Load(first + k), Vector256.Load(second + k));
            Vector256.FusedMultiplyAdd(b0, y, Vector256.FusedMultiplyAdd(a0, x, Vector256.Load(row0 + k))).Store(row0 + k);
            Vector256.FusedMultiplyAdd(b1, y, Vector256.FusedMultiplyAdd(a1, x, Vector256.Load(row1 + k))).Store(row1 + k);
            Vector256.FusedMultiplyAdd(b2, y, Vector256.FusedMultiplyAdd(a2, x, Vector256.Load(row2 + k))).Store(row2 + k);
            Vector256.FusedMultiplyAdd(b3, y, Vector256.FusedMultiplyAdd(a3, x, Vector256.Load(row3 + k))).Store(row3 + k);
        }
    }
}
