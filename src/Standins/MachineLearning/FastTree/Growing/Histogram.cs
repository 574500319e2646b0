using System.Runtime.CompilerServices;

namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Sums of the rows of a leaf by the bin of one feature.</summary>
internal static class Histogram
{
    /// <summary>Adds the rows of a leaf.</summary>
    /// <param name="column">The bin of every training row.</param>
    /// <param name="rows">The rows of the leaf.</param>
    /// <param name="values">What each of these rows adds, in the order of <paramref name="rows"/>.</param>
    /// <param name="sums">A sum a bin; holds zeros before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Add(byte[] column, ReadOnlySpan<int> rows, ReadOnlySpan<long> values, Span<long> sums)
    {
        // The hottest loop of training; rows and bins were made by this library and lie within bounds.
        fixed (byte* bins = column)
        fixed (int* row = rows)
        fixed (long* value = values)
        fixed (long* sum = sums)
        {
            int i = 0;
            for (; i + 3 < rows.Length; i += 4)
            {
                byte first = bins[row[i]];
                byte second = bins[row[i + 1]];
                byte third = bins[row[i + 2]];
                byte fourth = bins[row[i + 3]];
                sum[first] += value[i];
                sum[second] += value[i + 1];
                sum[third] += value[i + 2];
                sum[fourth] += value[i + 3];
            }

            for (; i < rows.Length; i++)
            {
                sum[bins[row[i]]] += value[i];
            }
        }
    }

    /// <summary>Adds the rows of a leaf by way of the rare rows.</summary>
    /// <param name="column">The rare rows.</param>
    /// <param name="byRow">What each training row adds, 0 for the rows outside of the leaf.</param>
    /// <param name="total">The sum over the leaf.</param>
    /// <param name="sums">A sum a bin; holds zeros before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void AddRare(SparseColumn column, long[] byRow, long total, Span<long> sums)
    {
        long rest = total;
        fixed (byte* bins = column.Bins)
        fixed (int* row = column.Rows)
        fixed (long* values = byRow)
        fixed (long* sum = sums)
        {
            for (int i = 0; i < column.Rows.Length; i++)
            {
                long value = values[row[i]];
                sum[bins[i]] += value;
                rest -= value;
            }

            sum[column.CommonBin] = rest;
        }
    }

    /// <summary>Takes a part off a whole.</summary>
    public static void Subtract(Span<long> whole, ReadOnlySpan<long> part)
    {
        int i = 0;
        if (System.Numerics.Vector.IsHardwareAccelerated)
        {
            int width = System.Numerics.Vector<long>.Count;
            for (; i <= whole.Length - width; i += width)
            {
                System.Numerics.Vector<long> difference = new System.Numerics.Vector<long>(whole[i..]) - new System.Numerics.Vector<long>(part[i..]);
                difference.CopyTo(whole[i..]);
            }
        }

        for (; i < whole.Length; i++)
        {
            whole[i] -= part[i];
        }
    }
}
