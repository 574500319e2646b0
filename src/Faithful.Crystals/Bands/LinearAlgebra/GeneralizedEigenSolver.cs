using System.Buffers;

namespace Faithful.Crystals.Bands;

/// <summary>All solutions of A x = λ S x with A and S real and symmetric, S positive definite.</summary>
internal static class GeneralizedEigenSolver
{
    /// <summary>Solves A x = λ S x.</summary>
    /// <param name="matrix">A, order × order, row by row.</param>
    /// <param name="overlap">S, order × order; the lower triangle is read.</param>
    /// <param name="order">The order of the matrices.</param>
    /// <param name="values">Receives the eigenvalues, ascending.</param>
    /// <param name="vectors">order × order; row k receives the vector x of value k with xᵀ S x = 1.</param>
    /// <returns>False where S is not positive definite; nothing has been written then.</returns>
    /// <exception cref="ArgumentException">A span is too short, or the order negative.</exception>
    /// <exception cref="InvalidOperationException">An eigenvalue was not found: an entry of A is not finite.</exception>
    public static bool TrySolve(ReadOnlySpan<double> matrix, ReadOnlySpan<double> overlap, int order, Span<double> values, Span<double> vectors)
    {
        EigenSorting.Check(order, values.Length, matrix.Length, overlap.Length, vectors.Length);
        var inverse = ArrayPool<double>.Shared.Rent(order * order);
        try
        {
            if (!TryFactor(overlap, order, inverse))
            {
                return false;
            }

            Solve(matrix, inverse, order, values, vectors);
            return true;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(inverse);
        }
    }

    /// <summary>Factorises an overlap for <see cref="Solve"/>.</summary>
    /// <param name="overlap">S, order × order; the lower triangle is read.</param>
    /// <param name="order">The order of the matrix.</param>
    /// <param name="inverseFactor">order × order; receives L⁻¹ of S = L Lᵀ.</param>
    /// <returns>False where S is not positive definite.</returns>
    /// <exception cref="ArgumentException">A span is too short, or the order negative.</exception>
    public static bool TryFactor(ReadOnlySpan<double> overlap, int order, Span<double> inverseFactor)
    {
        EigenSorting.Check(order, order, overlap.Length, inverseFactor.Length);
        overlap[..(order * order)].CopyTo(inverseFactor);
        if (!CholeskyFactor.TryFactor(inverseFactor, order))
        {
            return false;
        }

        CholeskyFactor.Invert(inverseFactor, order);
        return true;
    }

    /// <summary>Solves A x = λ S x for one of several matrices with the same overlap.</summary>
    /// <param name="matrix">A, order × order, row by row.</param>
    /// <param name="inverseFactor">What <see cref="TryFactor"/> made of S.</param>
    /// <param name="order">The order of the matrices.</param>
    /// <param name="values">Receives the eigenvalues, ascending.</param>
    /// <param name="vectors">order × order; row k receives the vector x of value k with xᵀ S x = 1.</param>
    /// <exception cref="ArgumentException">A span is too short, or the order negative.</exception>
    /// <exception cref="InvalidOperationException">An eigenvalue was not found: an entry of A is not finite.</exception>
    public static void Solve(ReadOnlySpan<double> matrix, ReadOnlySpan<double> inverseFactor, int order, Span<double> values, Span<double> vectors)
    {
        EigenSorting.Check(order, values.Length, matrix.Length, inverseFactor.Length, vectors.Length);
        var size = order * order;
        var memory = ArrayPool<double>.Shared.Rent(2 * size);
        try
        {
            var transformed = memory.AsSpan(0, size);
            var half = memory.AsSpan(size, size);
            CholeskyFactor.Transform(inverseFactor, matrix, order, half, transformed);
            SymmetricEigenSolver.Solve(transformed, order, values, half);
            CholeskyFactor.TransformBack(inverseFactor, half, order, vectors);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(memory);
        }
    }
}
