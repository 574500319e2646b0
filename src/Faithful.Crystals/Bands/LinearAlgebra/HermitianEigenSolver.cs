namespace Faithful.Crystals.Bands;

/// <summary>All eigenvalues and eigenvectors of a complex Hermitian matrix.</summary>
/// <remarks>The methods of <see cref="SymmetricEigenSolver"/>; the same input gives the same bits.</remarks>
internal static unsafe class HermitianEigenSolver
{
    /// <summary>Solves H x = λ x.</summary>
    /// <param name="real">Real parts, order × order, row by row, symmetric; the lower triangle is read. May be overwritten.</param>
    /// <param name="imaginary">Imaginary parts, antisymmetric; read below the diagonal. May be overwritten.</param>
    /// <param name="order">The order of the matrix.</param>
    /// <param name="values">Receives the eigenvalues, ascending.</param>
    /// <param name="vectorsReal">order × order; row k receives the real parts of the eigenvector of value k, of length one.</param>
    /// <param name="vectorsImaginary">order × order; receives the imaginary parts.</param>
    /// <exception cref="ArgumentException">A span is too short, or the order negative.</exception>
    /// <exception cref="InvalidOperationException">An eigenvalue was not found: an entry is not finite.</exception>
    public static void Solve(
        Span<double> real, Span<double> imaginary, int order, Span<double> values, Span<double> vectorsReal, Span<double> vectorsImaginary)
    {
        EigenSorting.Check(order, values.Length, real.Length, imaginary.Length, vectorsReal.Length, vectorsImaginary.Length);
        if (order == 0)
        {
            return;
        }

        var stride = VectorKernels.Stride(order);
        var size = VectorKernels.RoundUp(order + 1, 4) * stride;
        const int Vectors = 2 + HermitianReduction.ScratchRows;
        using var memory = new AlignedMemory((4 * size) + (Vectors * stride) + RotationBatch.MemoryLength(order));
        var re = memory.Start;
        var im = memory.Start + size;
        var resultRe = im + size;
        var resultIm = im + (2 * size);
        var diagonal = im + (3 * size);
        var coupling = diagonal + stride;
        var scratch = diagonal + (2 * stride);
        var scale = VectorKernels.PowerOfTwo(real[..(order * order)], imaginary[..(order * order)]);
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var (x, y) = (scale * real[(i * order) + j], j < i ? scale * imaginary[(i * order) + j] : 0);
                (re[((nint)j * stride) + i], im[((nint)j * stride) + i]) = (x, -y);
                (re[((nint)i * stride) + j], im[((nint)i * stride) + j]) = (x, y);
            }
        }

        HermitianReduction.Reduce(re, im, order, stride, diagonal, coupling, scratch);
        HermitianReduction.Accumulate(re, im, order, stride, scratch, resultRe, resultIm);

        // The rotations are real, and the same for real and imaginary parts.
        var columns = VectorKernels.RoundUp(order, VectorKernels.Line);
        var batch = new RotationBatch(resultRe, order, stride, columns, scratch + (HermitianReduction.ScratchRows * stride), resultIm);
        TridiagonalIteration.Diagonalize(diagonal, coupling, order, ref batch);
        EigenSorting.Write(diagonal, 1 / scale, order, values, resultRe, stride, vectorsReal, resultIm, vectorsImaginary);
    }
}
