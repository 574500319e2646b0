using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class SymmetricEigenSolverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(50)]
    [InlineData(64)]
    [InlineData(130)]
    public void Random_matrices_are_diagonalised(int order)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var matrix = RandomMatrices.Symmetric(seed, order);
            var values = Check(matrix, order);
            var trace = Enumerable.Range(0, order).Sum(i => matrix[(i * order) + i]);
            Assert.True(Math.Abs(values.Sum() - trace) < 1e-13 * order * order);
            Assert.True(Math.Abs(values.Sum(x => x * x) - matrix.Sum(x => x * x)) < 1e-13 * order * order);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Second_differences_have_the_eigenvalues_of_a_chain(int order)
    {
        var matrix = new double[order * order];
        for (var i = 0; i < order; i++)
        {
            matrix[(i * order) + i] = 2;
            if (i > 0)
            {
                matrix[(i * order) + i - 1] = matrix[((i - 1) * order) + i] = -1;
            }
        }

        var expected = Enumerable.Range(1, order).Select(k => 2 - (2 * Math.Cos(k * Math.PI / (order + 1))));
        Assert.True(RandomMatrices.Distance(expected, Check(matrix, order)) < 1e-13);
    }

    [Fact]
    public void Degenerate_eigenvalues_have_orthonormal_vectors()
    {
        const int Order = 40;
        var vectors = Solve(RandomMatrices.Symmetric(5, Order), Order).Vectors;
        var expected = Enumerable.Range(0, Order).Select(k => (double)(k / 8)).ToArray();
        var matrix = RandomMatrices.Multiply(
            RandomMatrices.Transposed(vectors, Order, Order),
            RandomMatrices.Multiply(RandomMatrices.Diagonal(expected), vectors, Order, Order, Order), Order, Order, Order);
        Assert.True(RandomMatrices.Distance(expected, Check(matrix, Order)) < 1e-12);

        // All entries one: a single eigenvalue that is not zero.
        var values = Check([.. Enumerable.Repeat(1.0, Order * Order)], Order);
        Assert.True(Math.Abs(values[^1] - Order) < 1e-12);
        Assert.True(values[..^1].All(x => Math.Abs(x) < 1e-13));
    }

    [Fact]
    public void Blocks_do_not_mix()
    {
        const int Order = 30;
        var matrix = RandomMatrices.Symmetric(3, Order);
        for (var i = 0; i < Order * Order; i++)
        {
            matrix[i] = i / Order % 3 == i % Order % 3 ? matrix[i] : 0; // three blocks, interleaved
        }

        Check(matrix, Order);
        var contiguous = RandomMatrices.Symmetric(4, Order);
        for (var i = 0; i < Order * Order; i++)
        {
            contiguous[i] = i / Order / 10 == i % Order / 10 ? contiguous[i] : 0;
        }

        Check(contiguous, Order);
        for (var vector = 0; vector < Order; vector++)
        {
            var row = Solve(contiguous, Order).Vectors.AsSpan(vector * Order, Order).ToArray();
            Assert.Single(Enumerable.Range(0, 3), block => row.Skip(10 * block).Take(10).Any(x => x != 0));
        }
    }

    [Fact]
    public void A_diagonal_matrix_is_sorted_without_error()
    {
        var (values, vectors) = Solve(RandomMatrices.Diagonal(3, -1, 0, 7, 3, -2.5), 6);
        Assert.Equal([-2.5, -1, 0, 3, 3, 7], values);
        Assert.All(vectors, x => Assert.True(x is 0 or 1));
        (values, vectors) = Solve(new double[81], 9);
        Assert.Equal(new double[9], values);
        Assert.Equal(9, vectors.Count(x => x == 1));
        Assert.Empty(Solve([], 0).Values);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(5.0)]
    [InlineData(-0.1)]
    [InlineData(-5.0)]
    public void Entries_may_differ_by_orders_of_magnitude(double decades)
    {
        const int Order = 60;
        var matrix = RandomMatrices.Symmetric(2, Order);
        for (var i = 0; i < Order * Order; i++)
        {
            var depth = decades > 0 ? (i / Order) + (i % Order) : (2 * Order) - (i / Order) - (i % Order);
            matrix[i] *= Math.Pow(10, -Math.Abs(decades) * depth);
        }

        Check(matrix, Order);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    [InlineData(1e300)]
    public void The_unit_of_the_matrix_does_not_matter(double unit)
    {
        const int Order = 20;
        var matrix = RandomMatrices.Symmetric(1, Order);
        var expected = Solve(matrix, Order).Values;
        var values = Solve([.. matrix.Select(x => x * unit)], Order).Values.Select(x => x / unit);
        Assert.True(RandomMatrices.Distance(expected, values) < 1e-13);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_an_error()
    {
        var matrix = RandomMatrices.Symmetric(1, 12);
        matrix[30] = matrix[(6 * 12) + 2] = double.NaN;
        var error = Assert.Throws<InvalidOperationException>(() => Solve(matrix, 12));
        Assert.Contains("order 12", error.Message, StringComparison.Ordinal);
        matrix[(6 * 12) + 2] = double.PositiveInfinity;
        Assert.Throws<InvalidOperationException>(() => Solve(matrix, 12));
    }

    [Fact]
    public void The_same_matrix_gives_the_same_bits()
    {
        var matrix = RandomMatrices.Symmetric(9, 77);
        var first = Solve(matrix, 77);
        var results = new (double[] Values, double[] Vectors)[4];
        Parallel.For(0, results.Length, i => results[i] = Solve(matrix, 77));
        Assert.All(results, result =>
        {
            Assert.Equal(first.Values, result.Values);
            Assert.Equal(first.Vectors, result.Vectors);
        });
    }

    private static (double[] Values, double[] Vectors) Solve(double[] matrix, int order)
    {
        var (values, vectors) = (new double[order], new double[order * order]);
        SymmetricEigenSolver.Solve([.. matrix], order, values, vectors);
        return (values, vectors);
    }

    private static double[] Check(double[] matrix, int order)
    {
        var (values, vectors) = Solve(matrix, order);
        var tolerance = 1e-14 * order * Math.Max(1, matrix.Max(Math.Abs));
        for (var k = 1; k < order; k++)
        {
            Assert.True(values[k - 1] <= values[k]);
        }

        var image = RandomMatrices.Multiply(vectors, matrix, order, order, order);
        var scaled = RandomMatrices.Multiply(RandomMatrices.Diagonal(values), vectors, order, order, order);
        Assert.True(RandomMatrices.Distance(image, scaled) < tolerance);
        var products = RandomMatrices.Multiply(vectors, RandomMatrices.Transposed(vectors, order, order), order, order, order);
        var identity = RandomMatrices.Diagonal([.. Enumerable.Repeat(1.0, order)]);
        Assert.True(RandomMatrices.Distance(products, identity) < 1e-14 * Math.Max(order, 10));
        return values;
    }
}
