using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class GeneralizedEigenSolverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(50)]
    [InlineData(130)]
    public void Vectors_solve_the_equation_and_are_orthonormal_in_the_overlap(int order)
    {
        var matrix = RandomMatrices.Symmetric(order, order);
        var overlap = RandomMatrices.PositiveDefinite(order + 1, order);
        var (matrixBefore, overlapBefore) = (matrix.ToArray(), overlap.ToArray());
        var (values, vectors) = (new double[order], new double[order * order]);
        Assert.True(GeneralizedEigenSolver.TrySolve(matrix, overlap, order, values, vectors));
        Assert.Equal(matrixBefore, matrix);
        Assert.Equal(overlapBefore, overlap);
        Assert.Equal(values.Order(), values);
        var inOverlap = RandomMatrices.Multiply(vectors, overlap, order, order, order);
        var image = RandomMatrices.Multiply(vectors, matrix, order, order, order);
        var scaled = RandomMatrices.Multiply(RandomMatrices.Diagonal(values), inOverlap, order, order, order);
        Assert.True(RandomMatrices.Distance(image, scaled) < 1e-13 * Math.Max(order, 10));
        var products = RandomMatrices.Multiply(inOverlap, RandomMatrices.Transposed(vectors, order, order), order, order, order);
        Assert.True(RandomMatrices.Distance(products, RandomMatrices.Diagonal([.. Enumerable.Repeat(1.0, order)])) < 1e-13 * Math.Max(order, 10));
    }

    [Fact]
    public void A_factorised_overlap_serves_several_matrices()
    {
        const int Order = 30;
        var overlap = RandomMatrices.PositiveDefinite(1, Order);
        var factor = new double[Order * Order];
        Assert.True(GeneralizedEigenSolver.TryFactor(overlap, Order, factor));
        for (var seed = 2; seed < 5; seed++)
        {
            var matrix = RandomMatrices.Symmetric(seed, Order);
            var (values, vectors) = (new double[Order], new double[Order * Order]);
            var (expected, expectedVectors) = (new double[Order], new double[Order * Order]);
            GeneralizedEigenSolver.Solve(matrix, factor, Order, values, vectors);
            Assert.True(GeneralizedEigenSolver.TrySolve(matrix, overlap, Order, expected, expectedVectors));
            Assert.Equal(expected, values);
            Assert.Equal(expectedVectors, vectors);
        }
    }

    [Fact]
    public void An_overlap_that_is_not_positive_definite_is_refused()
    {
        var (values, vectors) = (new double[3], new double[9]);
        foreach (var smallest in (double[])[0, -1, double.NaN])
        {
            Assert.False(GeneralizedEigenSolver.TrySolve(new double[9], RandomMatrices.Diagonal(1, 2, smallest), 3, values, vectors));
        }

        Assert.False(GeneralizedEigenSolver.TrySolve(new double[4], [1, 2, 2, 1], 2, values, vectors));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(45)]
    public void The_factor_gives_the_matrix_back_and_its_inverse_the_identity(int order)
    {
        var matrix = RandomMatrices.PositiveDefinite(order, order);
        var factor = matrix.ToArray();
        Assert.True(CholeskyFactor.TryFactor(factor, order));
        for (var i = 0; i < order; i++)
        {
            factor.AsSpan((i * order) + i + 1, order - i - 1).Clear();
        }

        var again = RandomMatrices.Multiply(factor, RandomMatrices.Transposed(factor, order, order), order, order, order);
        Assert.True(RandomMatrices.Distance(matrix, again) < 1e-13 * order);
        var inverse = factor.ToArray();
        CholeskyFactor.Invert(inverse, order);
        var identity = RandomMatrices.Diagonal([.. Enumerable.Repeat(1.0, order)]);
        Assert.True(RandomMatrices.Distance(RandomMatrices.Multiply(factor, inverse, order, order, order), identity) < 1e-13 * order);
    }
}
