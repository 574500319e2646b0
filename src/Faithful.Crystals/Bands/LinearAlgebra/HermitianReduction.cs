using System.Runtime.Intrinsics;

namespace Faithful.Crystals.Bands;

/// <summary>Householder reduction of a complex Hermitian matrix to a real tridiagonal one, from the last row to the first.</summary>
/// <remarks>
/// As <see cref="SymmetricReduction"/>, with reflections I - v v† and |v|² = 2, real and imaginary parts in memories of their own.
/// Phases of the basis make the couplings real.
/// </remarks>
internal static unsafe class HermitianReduction
{
    /// <summary>Numbers of temporary memory, in rows.</summary>
    public const int ScratchRows = 8;

    private const double Negligible = 1e-280; // a squared length, of a matrix whose largest entry is about one

    /// <summary>Reduces a matrix.</summary>
    /// <param name="re">Real parts: RoundUp(order + 1, 4) rows at <paramref name="stride"/>, zero outside of the matrix; vectors afterwards.</param>
    /// <param name="im">Imaginary parts.</param>
    /// <param name="order">The order.</param>
    /// <param name="stride">From row to row.</param>
    /// <param name="diagonal">Receives the diagonal.</param>
    /// <param name="coupling">Receives at i the entry between i - 1 and i, not negative.</param>
    /// <param name="scratch"><see cref="ScratchRows"/> rows, zero; the last two receive the phases of the basis, real and imaginary.</param>
    public static void Reduce(double* re, double* im, int order, int stride, double* diagonal, double* coupling, double* scratch)
    {
        var vr = scratch;
        var vi = scratch + stride;
        var wr = scratch + (2 * stride);
        var wi = scratch + (3 * stride);
        var pr = scratch + (4 * stride);
        var pi = scratch + (5 * stride);
        var cosine = scratch + (6 * stride);
        var sine = scratch + (7 * stride);
        cosine[order - 1] = 1;
        for (var i = order - 1; i > 0; i--)
        {
            var rowRe = re + ((nint)i * stride);
            var rowIm = im + ((nint)i * stride);
            var length = VectorKernels.RoundUp(i + 1, VectorKernels.Lanes);
            AddRankTwo(rowRe, rowIm, vr, vi, wr, wi, i, length);
            diagonal[i] = rowRe[i];
            (vr[i], vi[i], wr[i], wi[i]) = (0, 0, 0, 0);
            var (x, y) = Reflect(rowRe, rowIm, i, stride);
            coupling[i] = double.Hypot(x, y);
            (x, y) = coupling[i] > 0 ? (x / coupling[i], y / coupling[i]) : (1, 0);
            cosine[i - 1] = (x * cosine[i]) - (y * sine[i]);
            sine[i - 1] = (x * sine[i]) + (y * cosine[i]);
            UpdateAndMultiply(re, im, i, stride, scratch, wr, wi, rowRe, rowIm, pr, pi);
            new Span<double>(pr + i, stride - i).Clear();
            new Span<double>(pi + i, stride - i).Clear();
            length = VectorKernels.RoundUp(i, VectorKernels.Lanes);
            var half = -0.5 * (VectorKernels.Dot(rowRe, pr, length) + VectorKernels.Dot(rowIm, pi, length));
            VectorKernels.AddScaled(half, rowRe, pr, length);
            VectorKernels.AddScaled(half, rowIm, pi, length);
            var freeRe = wr;
            var freeIm = wi;
            wr = pr;
            wi = pi;
            pr = freeRe;
            pi = freeIm;
            new Span<double>(rowRe, i).CopyTo(new(vr, i));
            new Span<double>(rowIm, i).CopyTo(new(vi, i));
        }

        (diagonal[0], coupling[0], re[0], im[0]) = (re[0], 0, 0, 0);
    }

    /// <summary>Writes the rows that an eigenvector of the tridiagonal matrix combines to one of the Hermitian matrix.</summary>
    /// <param name="re">What <see cref="Reduce"/> left.</param>
    /// <param name="im">Imaginary parts.</param>
    /// <param name="order">The order.</param>
    /// <param name="stride">From row to row, of all.</param>
    /// <param name="scratch">As <see cref="Reduce"/> left it.</param>
    /// <param name="resultRe">RoundUp(order, 4) rows, zero.</param>
    /// <param name="resultIm">Imaginary parts.</param>
    public static void Accumulate(double* re, double* im, int order, int stride, double* scratch, double* resultRe, double* resultIm)
    {
        for (var first = 0; first < order; first += 2)
        {
            var offset = (nint)first * stride;
            for (var row = first; row < Math.Min(first + 2, order); row++)
            {
                resultRe[((nint)row * stride) + row] = scratch[(6 * stride) + row];
                resultIm[((nint)row * stride) + row] = scratch[(7 * stride) + row];
            }

            for (var i = first + 1; i < order; i++)
            {
                var reflection = (nint)i * stride;
                ReflectRows(resultRe + offset, resultIm + offset, stride, re + reflection, im + reflection, VectorKernels.RoundUp(i, VectorKernels.Lanes));
            }
        }
    }

    // From the first `count` entries of a row, which are conjugates of a column, makes the vector that reflects the column to a multiple
    // of the last unit vector; returns the factor.
    private static (double Real, double Imaginary) Reflect(double* re, double* im, int count, int stride)
    {
        var (x, y) = (re[count - 1], -im[count - 1]);
        new Span<double>(re + count - 1, stride - count + 1).Clear();
        new Span<double>(im + count - 1, stride - count + 1).Clear();
        var length = VectorKernels.RoundUp(count, VectorKernels.Lanes);
        var rest = VectorKernels.Dot(re, re, length) + VectorKernels.Dot(im, im, length);
        if (rest < Negligible)
        {
            new Span<double>(re, length).Clear();
            new Span<double>(im, length).Clear();
            return (x, y);
        }

        var last = double.Hypot(x, y);
        (x, y) = last > 0 ? (x / last, y / last) : (1, 0);
        var norm = Math.Sqrt(rest + (last * last));
        (re[count - 1], im[count - 1]) = (x * (last + norm), -y * (last + norm));
        var factor = 1 / Math.Sqrt(norm * (norm + last));
        VectorKernels.Scale(factor, re, length);
        VectorKernels.Scale(-factor, im, length);
        return (-x * norm, -y * norm);
    }

    // row j of: matrix -= v w† + w v†
    private static void AddRankTwo(double* re, double* im, double* vr, double* vi, double* wr, double* wi, int j, int length)
    {
        VectorKernels.AddScaled(-vr[j], wr, re, length);
        VectorKernels.AddScaled(-vi[j], wi, re, length);
        VectorKernels.AddScaled(-wr[j], vr, re, length);
        VectorKernels.AddScaled(-wi[j], vi, re, length);
        VectorKernels.AddScaled(-vi[j], wr, im, length);
        VectorKernels.AddScaled(vr[j], wi, im, length);
        VectorKernels.AddScaled(-wi[j], vr, im, length);
        VectorKernels.AddScaled(wr[j], vi, im, length);
    }

    // matrix -= v w† + w v†, then product = matrix next, of the leading block; two rows at a time.
    private static void UpdateAndMultiply(
        double* re, double* im, int order, int stride, double* v, double* wr, double* wi, double* nextRe, double* nextIm,
        double* productRe, double* productIm)
    {
        var vr = v;
        var vi = v + stride;
        var length = VectorKernels.RoundUp(order, VectorKernels.Lanes);
        for (var j = 0; j < order; j += 2)
        {
            var re0 = re + ((nint)j * stride);
            var im0 = im + ((nint)j * stride);
            var re1 = re0 + stride;
            var im1 = im0 + stride;
            var (vr0, vi0, wr0, wi0) = (Vector256.Create(vr[j]), Vector256.Create(vi[j]), Vector256.Create(wr[j]), Vector256.Create(wi[j]));
            var (vr1, vi1, wr1, wi1) = (Vector256.Create(vr[j + 1]), Vector256.Create(vi[j + 1]), Vector256.Create(wr[j + 1]), Vector256.Create(wi[j + 1]));
            var (sumRe0, sumIm0, sumRe1, sumIm1) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            for (var k = 0; k < length; k += VectorKernels.Lanes)
            {
                var (a, b, c, d) = (Vector256.Load(vr + k), Vector256.Load(vi + k), Vector256.Load(wr + k), Vector256.Load(wi + k));
                var (x, y) = (Vector256.Load(nextRe + k), Vector256.Load(nextIm + k));
                var r0 = Vector256.FusedMultiplyAdd(-vi0, d, Vector256.FusedMultiplyAdd(-vr0, c, Vector256.Load(re0 + k)));
                r0 = Vector256.FusedMultiplyAdd(-wi0, b, Vector256.FusedMultiplyAdd(-wr0, a, r0));
                var i0 = Vector256.FusedMultiplyAdd(vr0, d, Vector256.FusedMultiplyAdd(-vi0, c, Vector256.Load(im0 + k)));
                i0 = Vector256.FusedMultiplyAdd(wr0, b, Vector256.FusedMultiplyAdd(-wi0, a, i0));
                var r1 = Vector256.FusedMultiplyAdd(-vi1, d, Vector256.FusedMultiplyAdd(-vr1, c, Vector256.Load(re1 + k)));
                r1 = Vector256.FusedMultiplyAdd(-wi1, b, Vector256.FusedMultiplyAdd(-wr1, a, r1));
                var i1 = Vector256.FusedMultiplyAdd(vr1, d, Vector256.FusedMultiplyAdd(-vi1, c, Vector256.Load(im1 + k)));
                i1 = Vector256.FusedMultiplyAdd(wr1, b, Vector256.FusedMultiplyAdd(-wi1, a, i1));
                r0.Store(re0 + k);
                i0.Store(im0 + k);
                r1.Store(re1 + k);
                i1.Store(im1 + k);
                sumRe0 = Vector256.FusedMultiplyAdd(-i0, y, Vector256.FusedMultiplyAdd(r0, x, sumRe0));
                sumIm0 = Vector256.FusedMultiplyAdd(i0, x, Vector256.FusedMultiplyAdd(r0, y, sumIm0));
                sumRe1 = Vector256.FusedMultiplyAdd(-i1, y, Vector256.FusedMultiplyAdd(r1, x, sumRe1));
                sumIm1 = Vector256.FusedMultiplyAdd(i1, x, Vector256.FusedMultiplyAdd(r1, y, sumIm1));
            }

            (productRe[j], productIm[j]) = (VectorKernels.Sum(sumRe0), VectorKernels.Sum(sumIm0));
            (productRe[j + 1], productIm[j + 1]) = (VectorKernels.Sum(sumRe1), VectorKernels.Sum(sumIm1));
        }
    }

    // Two rows x become x - (x · conj v) v.
    private static void ReflectRows(double* re, double* im, int stride, double* vr, double* vi, int length)
    {
        var zero = Vector256<double>.Zero;
        var (sumRe0, sumIm0, sumRe1, sumIm1) = (zero, zero, zero, zero);
        var re1 = re + stride;
        var im1 = im + stride;
        for (var k = 0; k < length; k += VectorKernels.Lanes)
        {
            var (a, b) = (Vector256.Load(vr + k), Vector256.Load(vi + k));
            var (x0, y0, x1, y1) = (Vector256.Load(re + k), Vector256.Load(im + k), Vector256.Load(re1 + k), Vector256.Load(im1 + k));
            sumRe0 = Vector256.FusedMultiplyAdd(y0, b, Vector256.FusedMultiplyAdd(x0, a, sumRe0));
            sumIm0 = Vector256.FusedMultiplyAdd(-x0, b, Vector256.FusedMultiplyAdd(y0, a, sumIm0));
            sumRe1 = Vector256.FusedMultiplyAdd(y1, b, Vector256.FusedMultiplyAdd(x1, a, sumRe1));
            sumIm1 = Vector256.FusedMultiplyAdd(-x1, b, Vector256.FusedMultiplyAdd(y1, a, sumIm1));
        }

        var (r0, i0) = (Vector256.Create(VectorKernels.Sum(sumRe0)), Vector256.Create(VectorKernels.Sum(sumIm0)));
        var (r1, i1) = (Vector256.Create(VectorKernels.Sum(sumRe1)), Vector256.Create(VectorKernels.Sum(sumIm1)));
        for (var k = 0; k < length; k += VectorKernels.Lanes)
        {
            var (a, b) = (Vector256.Load(vr + k), Vector256.Load(vi + k));
            Vector256.FusedMultiplyAdd(i0, b, Vector256.FusedMultiplyAdd(-r0, a, Vector256.Load(re + k))).Store(re + k);
            Vector256.FusedMultiplyAdd(-i0, a, Vector256.FusedMultiplyAdd(-r0, b, Vector256.Load(im + k))).Store(im + k);
            Vector256.FusedMultiplyAdd(i1, b, Vector256.FusedMultiplyAdd(-r1, a, Vector256.Load(re1 + k))).Store(re1 + k);
            Vector256.FusedMultiplyAdd(-i1, a, Vector256.FusedMultiplyAdd(-r1, b, Vector256.Load(im1 + k))).Store(im1 + k);
        }
    }
}
