using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 5)]
    [InlineData(4, 8, 12)]
    [InlineData(5, 0, 3)]
    [InlineData(0, 4, 3)]
    [InlineData(7, 7, 7)]
    [InlineData(50, 13, 25)]
    [InlineData(130, 130, 130)]
    public void Products_are_those_of_plain_loops(int rows, int inner, int columns)
    {
        var a = RandomMatrices.General(1, rows, inner);
        var b = RandomMatrices.General(2, inner, columns);
        var expected = RandomMatrices.Multiply(a, b, rows, inner, columns);
        var c = new double[rows * columns];
        Array.Fill(c, double.NaN);
        MatrixProduct.Multiply(a, b, c, rows, inner, columns);
        Assert.True(RandomMatrices.Distance(expected, c) < 1e-13);
        Array.Fill(c, double.NaN);
        MatrixProduct.MultiplyTransposed(a, RandomMatrices.Transposed(b, inner, columns), c, rows, inner, columns);
        Assert.True(RandomMatrices.Distance(expected, c) < 1e-13);
    }

    [Fact]
    public void Spans_that_are_too_short_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(new double[3], new double[4], new double[4], 2, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(new double[4], new double[3], new double[4], 2, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(new double[4], new double[4], new double[3], 2, 2, 2));
    }
}
