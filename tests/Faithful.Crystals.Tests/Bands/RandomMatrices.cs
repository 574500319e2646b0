namespace Faithful.Crystals.Tests.Bands;

/// <summary>Seeded matrices, row by row, and plain loops over them.</summary>
internal static class RandomMatrices
{
    public static double[] General(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * columns).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    public static double[] Symmetric(int seed, int order) => Mirrored(General(seed, order, order), order, 1);

    public static double[] Antisymmetric(int seed, int order) => Mirrored(General(seed, order, order), order, -1);

    public static double[] PositiveDefinite(int seed, int order)
    {
        var factor = General(seed, order, order);
        var result = Multiply(factor, Transposed(factor, order, order), order, order, order);
        for (var i = 0; i < order; i++)
        {
            result[(i * order) + i] += 0.1 * order;
        }

        return result;
    }

    public static double[] Diagonal(params double[] entries)
    {
        var result = new double[entries.Length * entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            result[(i * entries.Length) + i] = entries[i];
        }

        return result;
    }

    public static double[] Multiply(double[] a, double[] b, int rows, int inner, int columns)
    {
        var result = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < inner; k++)
            {
                for (var j = 0; j < columns; j++)
                {
                    result[(i * columns) + j] += a[(i * inner) + k] * b[(k * columns) + j];
                }
            }
        }

        return result;
    }

    public static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var result = new double[matrix.Length];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                result[(j * rows) + i] = matrix[(i * columns) + j];
            }
        }

        return result;
    }

    /// <summary>The largest |x - y|; infinite where a number is not one.</summary>
    public static double Distance(IEnumerable<double> first, IEnumerable<double> second) =>
        first.Zip(second, (x, y) => Math.Abs(x - y)).Select(x => double.IsNaN(x) ? double.PositiveInfinity : x).DefaultIfEmpty().Max();

    private static double[] Mirrored(double[] matrix, int order, int sign)
    {
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[(j * order) + i] = sign * matrix[(i * order) + j];
            }

            matrix[(i * order) + i] *= sign < 0 ? 0 : 1;
        }

        return matrix;
    }
}
