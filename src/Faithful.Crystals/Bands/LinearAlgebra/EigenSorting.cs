using System.Buffers;

namespace Faithful.Crystals.Bands;

/// <summary>What eigenvalue solvers have in common at their beginning and end.</summary>
internal static unsafe class EigenSorting
{
    /// <summary>Checks the lengths of the spans of a solver.</summary>
    /// <exception cref="ArgumentException">One is too short, or the order negative.</exception>
    public static void Check(int order, int values, params ReadOnlySpan<int> matrices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfLessThan(values, order);
        foreach (var length in matrices)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(length, (long)order * order, nameof(matrices));
        }
    }

    /// <summary>Writes eigenvalues in ascending order, and the rows that belong to them.</summary>
    /// <param name="found">The eigenvalues.</param>
    /// <param name="scale">They are multiplied by this.</param>
    /// <param name="order">How many.</param>
    /// <param name="values">Receives them, ascending.</param>
    /// <param name="rows">The eigenvectors.</param>
    /// <param name="stride">From row to row.</param>
    /// <param name="vectors">order × order, receives them.</param>
    /// <param name="otherRows">Imaginary parts, if there are any.</param>
    /// <param name="otherVectors">Receives these.</param>
    public static void Write(
        double* found, double scale, int order, Span<double> values, double* rows, int stride, Span<double> vectors,
        double* otherRows = null, Span<double> otherVectors = default)
    {
        var indices = ArrayPool<int>.Shared.Rent(order);
        for (var i = 0; i < order; i++)
        {
            values[i] = scale * found[i];
            indices[i] = i;
        }

        values[..order].Sort(indices.AsSpan(0, order));
        for (var i = 0; i < order; i++)
        {
            var start = (nint)indices[i] * stride;
            new ReadOnlySpan<double>(rows + start, order).CopyTo(vectors.Slice(i * order, order));
            if (otherRows != null)
            {
                new ReadOnlySpan<double>(otherRows + start, order).CopyTo(otherVectors.Slice(i * order, order));
            }
        }

        ArrayPool<int>.Shared.Return(indices);
    }
}
