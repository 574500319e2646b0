namespace Faithful.Crystals.Bands;

/// <summary>
/// B-splines of order 8 for radial functions u(r) = r R(r), with the points and weights of a quadrature that is exact for their products.
/// </summary>
/// <remarks>
/// The knots are 0 and a geometric series from 2·10⁻⁴ bohr/√Z to 30 bohr. The first and the last spline are left out, so that u is 0 at both ends.
/// C. de Boor, A Practical Guide to Splines (1978); H. Bachau et al., Rep. Prog. Phys. 64, 1815 (2001) for their use in atoms.
/// </remarks>
internal sealed class RadialBasis
{
    /// <summary>The order of the splines: the number of them that are not zero at a point, and the width of the matrices' upper band.</summary>
    public const int Order = 8;

    /// <summary>The number of splines.</summary>
    public const int Count = Intervals + Order - 3;

    private const int Intervals = 70;
    private const int PointsPerInterval = 10;
    private const double LargestRadius = 30;

    private static readonly (double[] Nodes, double[] Weights) Rule = GaussLegendre.Rule(PointsPerInterval);

    // Integrals from −1 to each node of the polynomial through the values at all nodes; shape (nodes, values).
    private static readonly double[] Cumulative = CumulativeWeights();

    private readonly double[] radii = new double[Intervals * PointsPerInterval];
    private readonly double[] weights = new double[Intervals * PointsPerInterval];
    private readonly double[] values = new double[Intervals * PointsPerInterval * Order];
    private readonly double[] slopes = new double[Intervals * PointsPerInterval * Order];
    private readonly double[] halves = new double[Intervals];

    /// <summary>Initializes a new instance of the <see cref="RadialBasis"/> class.</summary>
    /// <param name="atomicNumber">The charge of the nucleus, which sets the smallest interval.</param>
    public RadialBasis(int atomicNumber)
    {
        var knots = new double[Intervals + 1 + (2 * (Order - 1))];
        var smallest = 2e-4 / Math.Sqrt(atomicNumber);
        for (var index = 1; index <= Intervals; index++)
        {
            knots[Order - 1 + index] = smallest * Math.Pow(LargestRadius / smallest, (index - 1.0) / (Intervals - 1));
        }

        knots.AsSpan(Order - 1 + Intervals).Fill(LargestRadius);
        for (var interval = 0; interval < Intervals; interval++)
        {
            var (left, right) = (knots[Order - 1 + interval], knots[Order + interval]);
            halves[interval] = (right - left) / 2;
            for (var node = 0; node < PointsPerInterval; node++)
            {
                var point = (interval * PointsPerInterval) + node;
                radii[point] = (halves[interval] * Rule.Nodes[node]) + ((left + right) / 2);
                weights[point] = halves[interval] * Rule.Weights[node];
                Evaluate(knots, Order - 1 + interval, radii[point], values.AsSpan(point * Order, Order), slopes.AsSpan(point * Order, Order));
            }
        }

        Overlap = Band(Enumerable.Repeat(1.0, radii.Length).ToArray(), []);
    }

    /// <summary>Gets the points of the quadrature in bohr, ascending.</summary>
    public ReadOnlySpan<double> Radii => radii;

    /// <summary>Gets the weights of the quadrature in bohr.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Gets the overlaps of the splines; upper band, shape (Count, Order).</summary>
    public double[] Overlap { get; }

    /// <summary>Computes the matrix ∫ (f B B' + g G G') dr of the splines B, with G = dB/dr − B/r.</summary>
    /// <param name="function">f at the points.</param>
    /// <param name="kinetic">g at the points, or nothing for 0.</param>
    /// <returns>The upper band: element (i, k) belongs to the splines i and i + k; shape (Count, Order).</returns>
    public double[] Band(ReadOnlySpan<double> function, ReadOnlySpan<double> kinetic)
    {
        var band = new double[Count * Order];
        for (var interval = 0; interval < Intervals; interval++)
        {
            var first = interval == 0 ? 1 : 0;
            var end = interval == Intervals - 1 ? Order - 1 : Order;
            for (var point = interval * PointsPerInterval; point < (interval + 1) * PointsPerInterval; point++)
            {
                var value = values.AsSpan(point * Order, Order);
                var slope = slopes.AsSpan(point * Order, Order);
                var factor = weights[point] * function[point];
                var kineticFactor = kinetic.IsEmpty ? 0 : weights[point] * kinetic[point];
                for (var row = first; row < end; row++)
                {
                    var (byValue, bySlope) = (factor * value[row], kineticFactor * slope[row]);
                    var target = band.AsSpan((interval + row - 1) * Order, end - row);
                    for (var offset = 0; offset < target.Length; offset++)
                    {
                        target[offset] += (byValue * value[row + offset]) + (bySlope * slope[row + offset]);
                    }
                }
            }
        }

        return band;
    }

    /// <summary>Evaluates a sum of splines at the points.</summary>
    /// <param name="coefficients">The coefficients; shape (Count).</param>
    /// <returns>The values; shape (points).</returns>
    public double[] Expand(ReadOnlySpan<double> coefficients)
    {
        Span<double> padded = stackalloc double[Count + 2]; // with the two splines that are left out
        padded.Clear();
        coefficients.CopyTo(padded[1..]);
        var result = new double[radii.Length];
        for (var point = 0; point < result.Length; point++)
        {
            var local = padded.Slice(point / PointsPerInterval, Order);
            for (var index = 0; index < Order; index++)
            {
                result[point] += local[index] * values[(point * Order) + index];
            }
        }

        return result;
    }

    /// <summary>Integrates a function of the radius.</summary>
    /// <param name="function">Its values at the points.</param>
    /// <returns>The integral from 0 to 30 bohr.</returns>
    public double Integrate(ReadOnlySpan<double> function)
    {
        var sum = 0.0;
        for (var point = 0; point < function.Length; point++)
        {
            sum += weights[point] * function[point];
        }

        return sum;
    }

    /// <summary>Integrates a function of the radius from 0 to each point.</summary>
    /// <param name="function">Its values at the points.</param>
    /// <returns>The integrals to the points, and the integral to 30 bohr.</returns>
    public (double[] Partial, double Total) Accumulate(ReadOnlySpan<double> function)
    {
        var partial = new double[function.Length];
        var total = 0.0;
        for (var interval = 0; interval < Intervals; interval++)
        {
            var start = interval * PointsPerInterval;
            var local = function.Slice(start, PointsPerInterval);
            var sum = 0.0;
            for (var node = 0; node < PointsPerInterval; node++)
            {
                var inner = 0.0;
                for (var other = 0; other < PointsPerInterval; other++)
                {
                    inner += Cumulative[(node * PointsPerInterval) + other] * local[other];
                }

                partial[start + node] = total + (halves[interval] * inner);
                sum += weights[start + node] * local[node];
            }

            total += sum;
        }

        return (partial, total);
    }

    private static double[] CumulativeWeights()
    {
        var result = new double[PointsPerInterval * PointsPerInterval];
        for (var node = 0; node < PointsPerInterval; node++)
        {
            var x = Rule.Nodes[node];
            for (var other = 0; other < PointsPerInterval; other++)
            {
                // The polynomial of value 1 at one node in Legendre polynomials, each integrated from −1.
                var sum = (x + 1) / 2;
                for (var degree = 1; degree < PointsPerInterval; degree++)
                {
                    var integral = GaussLegendre.Polynomial(degree + 1, x) - GaussLegendre.Polynomial(degree - 1, x);
                    sum += GaussLegendre.Polynomial(degree, Rule.Nodes[other]) * integral / 2;
                }

                result[(node * PointsPerInterval) + other] = Rule.Weights[other] * sum;
            }
        }

        return result;
    }

    // The recurrence of M. G. Cox and C. de Boor for the splines that are not zero between knots[span] and the next knot.
    private static void Evaluate(double[] knots, int span, double x, Span<double> value, Span<double> slope)
    {
        const int Degree = Order - 1;
        Span<double> lower = stackalloc double[Order];
        value[0] = 1;
        for (var degree = 1; degree <= Degree; degree++)
        {
            value.CopyTo(lower);
            var saved = 0.0;
            for (var index = 0; index < degree; index++)
            {
                var (left, right) = (knots[span + 1 - degree + index], knots[span + 1 + index]);
                var part = value[index] / (right - left);
                value[index] = saved + ((right - x) * part);
                saved = (x - left) * part;
            }

            value[degree] = saved;
        }

        for (var index = 0; index <= Degree; index++)
        {
            var before = index == 0 ? 0 : lower[index - 1] / (knots[span + index] - knots[span + index - Degree]);
            var after = index == Degree ? 0 : lower[index] / (knots[span + index + 1] - knots[span + index + 1 - Degree]);
            slope[index] = (Degree * (before - after)) - (value[index] / x);
        }
    }
}
