namespace Faithful.Crystals.Bands;

/// <summary>All eigenvalues and eigenvectors of a real symmetric matrix.</summary>
/// <remarks>
/// Householder reduction, then QL with implicit shifts (B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM 1998), arranged so that
/// every inner loop runs along rows. The same input gives the same bits, on any machine.
/// </remarks>
internal static unsafe class SymmetricEigenSolver
{
    /// <summary>Solves A x = λ x.</summary>
    /// <param name="matrix">order × order, row by row; the lower triangle is read. May be overwritten.</param>
    /// <param name="order">The order of the matrix.</param>
    /// <param name="values">Receives the eigenvalues, ascending.</param>
    /// <param name="vectors">order × order; row k receives the eigenvector of value k, of length one.</param>
    /// <exception cref="ArgumentException">A span is too short, or the order negative.</exception>
    /// <exception cref="InvalidOperationException">An eigenvalue was not found: an entry is not finite.</exception>
    public static void Solve(Span<double> matrix, int order, Span<double> values, Span<double> vectors)
    {
        EigenSorting.Check(order, values.Length, matrix.Length, vectors.Length);
        if (order == 0)
        {
            return;
        }

        var stride = VectorKernels.Stride(order);
        var rows = VectorKernels.RoundUp(order + 1, 4);
        using var memory = new AlignedMemory((2 * rows * stride) + (5 * stride) + RotationBatch.MemoryLength(order));
        var work = memory.Start;
        var result = work + ((nint)rows * stride);
        var diagonal = result + ((nint)rows * stride);
        var coupling = diagonal + stride;
        var scratch = diagonal + (2 * stride);
        var scale = VectorKernels.PowerOfTwo(matrix[..(order * order)]);
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var entry = scale * matrix[(i * order) + j];
                work[((nint)i * stride) + j] = entry;
                work[((nint)j * stride) + i] = entry;
            }
        }

        SymmetricReduction.Reduce(work, order, stride, diagonal, coupling, scratch);
        SymmetricReduction.Accumulate(work, order, stride, result);
        var columns = VectorKernels.RoundUp(order, VectorKernels.Line);
        var batch = new RotationBatch(result, order, stride, columns, scratch + (3 * stride));
        TridiagonalIteration.Diagonalize(diagonal, coupling, order, ref batch);
        EigenSorting.Write(diagonal, 1 / scale, order, values, result, stride, vectors);
    }
}
