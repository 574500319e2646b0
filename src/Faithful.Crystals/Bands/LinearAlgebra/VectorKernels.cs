using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Faithful.Crystals.Bands;

/// <summary>Loops over vectors whose lengths are multiples of <see cref="Lanes"/>: there is no tail to take care of.</summary>
/// <remarks>All sums are of four lanes and all products fused, so that every machine gives the same bits.</remarks>
internal static unsafe class VectorKernels
{
    /// <summary>Numbers that are worked on at a time.</summary>
    public const int Lanes = 4;

    /// <summary>Numbers in a cache line; rows of a workspace are as many of these.</summary>
    public const int Line = 8;

    /// <summary>The least multiple of <paramref name="unit"/>, a power of two, that is not less than <paramref name="length"/>.</summary>
    public static int RoundUp(int length, int unit) => (length + unit - 1) & -unit;

    /// <summary>From row to row in a workspace: an odd number of lines, so that a column does not fall into few sets of the cache.</summary>
    public static int Stride(int order) => (((order + Line - 1) / Line) | 1) * Line;

    /// <summary>Adds the lanes in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector256<double> lanes)
    {
        var halves = lanes.GetLower() + lanes.GetUpper();
        return halves.GetElement(0) + halves.GetElement(1);
    }

    /// <summary>x · y.</summary>
    public static double Dot(double* x, double* y, int length)
    {
        var sum = Vector256<double>.Zero;
        for (var k = 0; k < length; k += Lanes)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(x + k), Vector256.Load(y + k), sum);
        }

        return Sum(sum);
    }

    /// <summary>y += factor x.</summary>
    public static void AddScaled(double factor, double* x, double* y, int length)
    {
        var factors = Vector256.Create(factor);
        for (var k = 0; k < length; k += Lanes)
        {
            Vector256.FusedMultiplyAdd(factors, Vector256.Load(x + k), Vector256.Load(y + k)).Store(y + k);
        }
    }

    /// <summary>x *= factor.</summary>
    public static void Scale(double factor, double* x, int length)
    {
        for (var k = 0; k < length; k += Lanes)
        {
            (factor * Vector256.Load(x + k)).Store(x + k);
        }
    }

    /// <summary>The power of two that brings the largest magnitude into [1, 2); 1 where all are zero or one is not finite.</summary>
    /// <remarks>Scaling by it is exact, and squares of what matters neither overflow nor vanish.</remarks>
    public static double PowerOfTwo(ReadOnlySpan<double> numbers, ReadOnlySpan<double> others = default)
    {
        var largest = Math.Max(Largest(numbers), Largest(others));

        // Below 2^-1000 the inverse would not be a finite number any more.
        return largest > 0 && double.IsFinite(largest) ? Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest), -1000, 1000)) : 1;
    }

    private static double Largest(ReadOnlySpan<double> numbers)
    {
        var largest = 0.0;
        foreach (var number in numbers)
        {
            largest = Math.Max(largest, Math.Abs(number));
        }

        return largest;
    }
}
