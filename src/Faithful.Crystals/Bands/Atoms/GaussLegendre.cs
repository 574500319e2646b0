namespace Faithful.Crystals.Bands;

/// <summary>Gauss–Legendre quadrature on [−1, 1].</summary>
internal static class GaussLegendre
{
    /// <summary>Computes the nodes by Newton's method, and their weights.</summary>
    /// <param name="count">The number of nodes.</param>
    /// <returns>Nodes, ascending, and weights; shape (count) each.</returns>
    public static (double[] Nodes, double[] Weights) Rule(int count)
    {
        var nodes = new double[count];
        var weights = new double[count];
        for (var index = 0; index < count; index++)
        {
            var node = -Math.Cos(Math.PI * (index + 0.75) / (count + 0.5)); // F. G. Tricomi's estimate
            var slope = 1.0;
            for (var step = 0; step < 8; step++)
            {
                var (previous, value) = (Polynomial(count - 1, node), Polynomial(count, node));
                slope = count * ((node * value) - previous) / ((node * node) - 1);
                node -= value / slope;
            }

            nodes[index] = node;
            weights[index] = 2 / ((1 - (node * node)) * slope * slope);
        }

        return (nodes, weights);
    }

    /// <summary>Evaluates a Legendre polynomial by its recurrence.</summary>
    /// <param name="degree">The degree.</param>
    /// <param name="x">The argument.</param>
    /// <returns>The value.</returns>
    public static double Polynomial(int degree, double x)
    {
        var (previous, value) = (0.0, 1.0);
        for (var n = 1; n <= degree; n++)
        {
            (previous, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * previous)) / n);
        }

        return value;
    }
}
