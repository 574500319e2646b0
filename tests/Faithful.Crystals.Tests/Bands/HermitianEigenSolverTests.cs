using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class HermitianEigenSolverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(130)]
    public void Random_matrices_are_diagonalised(int order)
    {
        var real = RandomMatrices.Symmetric(order, order);
        var imaginary = RandomMatrices.Antisymmetric(order + 1, order);
        Check(real, imaginary, order);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void The_real_embedding_has_every_eigenvalue_twice(int order)
    {
        var real = RandomMatrices.Symmetric(1, order);
        var imaginary = RandomMatrices.Antisymmetric(2, order);
        var embedding = new double[4 * order * order];
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j < order; j++)
            {
                var (x, y) = (real[(i * order) + j], imaginary[(i * order) + j]);
                embedding[(2 * i * order) + j] = embedding[(2 * (i + order) * order) + order + j] = x;
                embedding[(2 * i * order) + order + j] = -y;
                embedding[(2 * (i + order) * order) + j] = y;
            }
        }

        var twice = new double[2 * order];
        SymmetricEigenSolver.Solve(embedding, 2 * order, twice, new double[4 * order * order]);
        var values = Check(real, imaginary, order);
        Assert.True(RandomMatrices.Distance(twice, values.SelectMany(x => new[] { x, x })) < 1e-13 * order);
    }

    [Fact]
    public void Without_imaginary_parts_it_is_the_symmetric_problem()
    {
        const int Order = 33;
        var real = RandomMatrices.Symmetric(8, Order);
        var expected = new double[Order];
        SymmetricEigenSolver.Solve([.. real], Order, expected, new double[Order * Order]);
        Assert.True(RandomMatrices.Distance(expected, Check(real, new double[Order * Order], Order)) < 1e-13);
    }

    [Fact]
    public void Rings_zero_and_diagonal_matrices_are_no_exception()
    {
        // A ring of hops i: -2 sin q, each twice but for the ends.
        const int Order = 12;
        var ring = new double[Order * Order];
        for (var i = 0; i < Order; i++)
        {
            ring[(i * Order) + ((i + 1) % Order)] = 1;
            ring[((i + 1) % Order * Order) + i] = -1;
        }

        var expected = Enumerable.Range(0, Order).Select(k => 2 * Math.Sin(2 * Math.PI * k / Order)).Order();
        Assert.True(RandomMatrices.Distance(expected, Check(new double[Order * Order], ring, Order)) < 1e-13);
        Assert.Equal(new double[Order], Check(new double[Order * Order], new double[Order * Order], Order));
        Assert.Equal([-1, 2, 2], Check(RandomMatrices.Diagonal(2, -1, 2), new double[9], 3));
    }

    private static double[] Check(double[] real, double[] imaginary, int order)
    {
        var values = new double[order];
        var (x, y) = (new double[order * order], new double[order * order]);
        HermitianEigenSolver.Solve([.. real], [.. imaginary], order, values, x, y);
        Assert.Equal(values.Order(), values);

        // Rows are vectors: (H x)ᵀ = xᵀ Hᵀ with Hᵀ = real - i imaginary.
        var imageReal = Add(Product(x, real), Product(y, imaginary));
        var imageImaginary = Add(Product(y, real), [.. Product(x, imaginary).Select(number => -number)]);
        var diagonal = RandomMatrices.Diagonal(values);
        Assert.True(RandomMatrices.Distance(imageReal, Product(diagonal, x)) < 2e-14 * order);
        Assert.True(RandomMatrices.Distance(imageImaginary, Product(diagonal, y)) < 2e-14 * order);
        var (xt, yt) = (RandomMatrices.Transposed(x, order, order), RandomMatrices.Transposed(y, order, order));
        var identity = RandomMatrices.Diagonal([.. Enumerable.Repeat(1.0, order)]);
        Assert.True(RandomMatrices.Distance(Add(Product(x, xt), Product(y, yt)), identity) < 1e-14 * Math.Max(order, 10));
        Assert.True(RandomMatrices.Distance(Product(x, yt), Product(y, xt)) < 1e-14 * Math.Max(order, 10));
        return values;

        double[] Product(double[] a, double[] b) => RandomMatrices.Multiply(a, b, order, order, order);
        double[] Add(double[] a, double[] b) => [.. a.Zip(b, (first, second) => first + second)];
    }
}
