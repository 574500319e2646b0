namespace Faithful.Crystals.Bands;

/// <summary>
/// Real spherical harmonics up to f, how they turn, and the angular momentum between them. Of each l the functions come in the order
/// m = 0, then cosine and sine of m = 1, 2, 3; normalised on the unit sphere.
/// </summary>
internal static class RealHarmonics
{
    /// <summary>The largest angular momentum.</summary>
    public const int LargestAzimuthal = 3;

    private const int Azimuths = 8; // with four heights: exact for polynomials up to degree 7; the products of two f functions have 6

    private static readonly double[] PointX;
    private static readonly double[] PointY;
    private static readonly double[] PointZ;
    private static readonly double[][] Weighted = new double[LargestAzimuthal + 1][]; // the functions times the weight of each point; shape (points, 2l + 1)
    private static readonly double[][][] Momenta = new double[LargestAzimuthal + 1][][];

    static RealHarmonics()
    {
        // Gauss's nodes and weights of order 4 on [-1, 1].
        var outer = Math.Sqrt((3.0 / 7) + (2.0 / 7 * Math.Sqrt(6.0 / 5)));
        var inner = Math.Sqrt((3.0 / 7) - (2.0 / 7 * Math.Sqrt(6.0 / 5)));
        double[] heights = [-outer, -inner, inner, outer];
        var (light, heavy) = ((18 - Math.Sqrt(30)) / 36, (18 + Math.Sqrt(30)) / 36);
        double[] weights = [light, heavy, heavy, light];
        var points = heights.Length * Azimuths;
        (PointX, PointY, PointZ) = (new double[points], new double[points], new double[points]);
        for (var point = 0; point < points; point++)
        {
            var (height, azimuth) = (heights[point / Azimuths], 2 * Math.PI * ((point % Azimuths) + 0.5) / Azimuths);
            var radius = Math.Sqrt(1 - (height * height));
            (PointX[point], PointY[point], PointZ[point]) = (radius * Math.Cos(azimuth), radius * Math.Sin(azimuth), height);
        }

        for (var l = 0; l <= LargestAzimuthal; l++)
        {
            var size = (2 * l) + 1;
            Weighted[l] = new double[points * size];
            for (var point = 0; point < points; point++)
            {
                var row = Weighted[l].AsSpan(point * size, size);
                Evaluate(l, PointX[point], PointY[point], PointZ[point], row);
                foreach (ref var value in row)
                {
                    value *= weights[point / Azimuths] * 2 * Math.PI / Azimuths;
                }
            }
        }

        for (var l = 0; l <= LargestAzimuthal; l++)
        {
            Momenta[l] = [Generator(l, 0), Generator(l, 1), Generator(l, 2)];
        }
    }

    /// <summary>Evaluates all functions of one angular momentum.</summary>
    /// <param name="l">The angular momentum, 0 to 3.</param>
    /// <param name="x">A unit vector.</param>
    /// <param name="y">Its second component.</param>
    /// <param name="z">Its third component.</param>
    /// <param name="values">Where the values go; shape (2l + 1).</param>
    public static void Evaluate(int l, double x, double y, double z, Span<double> values)
    {
        var scale = 1 / Math.Sqrt(4 * Math.PI);
        switch (l)
        {
            case 0:
                values[0] = scale;
                break;
            case 1:
                scale *= Math.Sqrt(3);
                (values[0], values[1], values[2]) = (scale * z, scale * x, scale * y);
                break;
            case 2:
                scale *= Math.Sqrt(15);
                values[0] = scale * ((3 * z * z) - 1) / (2 * Math.Sqrt(3));
                (values[1], values[2]) = (scale * x * z, scale * y * z);
                (values[3], values[4]) = (scale * ((x * x) - (y * y)) / 2, scale * x * y);
                break;
            case 3:
                scale *= Math.Sqrt(7) / 2;
                values[0] = scale * z * ((5 * z * z) - 3);
                scale *= Math.Sqrt(1.5);
                (values[1], values[2]) = (scale * x * ((5 * z * z) - 1), scale * y * ((5 * z * z) - 1));
                scale *= Math.Sqrt(10);
                (values[3], values[4]) = (scale * z * ((x * x) - (y * y)), scale * 2 * x * y * z);
                scale /= Math.Sqrt(6);
                (values[5], values[6]) = (scale * x * ((x * x) - (3 * y * y)), scale * y * ((3 * x * x) - (y * y)));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(l), l, "0 to 3");
        }
    }

    /// <summary>Finds how the functions turn: the turned function of column b is Σ over rows a of matrix[a, b] times function a.</summary>
    /// <param name="l">The angular momentum, 0 to 3.</param>
    /// <param name="rotation">An orthogonal matrix, proper or not, applied to columns; shape (3, 3).</param>
    /// <param name="matrix">Where the matrix goes, row by row; shape (2l + 1, 2l + 1).</param>
    public static void Rotate(int l, ReadOnlySpan<double> rotation, Span<double> matrix)
    {
        var size = (2 * l) + 1;
        matrix.Clear();
        Span<double> turned = stackalloc double[size];
        for (var point = 0; point < PointX.Length; point++)
        {
            // The turned function at x is the function at R⁻¹ x.
            var (x, y, z) = (PointX[point], PointY[point], PointZ[point]);
            Evaluate(
                l,
                (rotation[0] * x) + (rotation[3] * y) + (rotation[6] * z),
                (rotation[1] * x) + (rotation[4] * y) + (rotation[7] * z),
                (rotation[2] * x) + (rotation[5] * y) + (rotation[8] * z),
                turned);
            var weighted = Weighted[l].AsSpan(point * size, size);
            for (var a = 0; a < size; a++)
            {
                for (var b = 0; b < size; b++)
                {
                    matrix[(a * size) + b] += weighted[a] * turned[b];
                }
            }
        }
    }

    /// <summary>Gets A of the angular momentum L = iA about an axis, in units of ħ: antisymmetric and real.</summary>
    /// <param name="l">The angular momentum, 0 to 3.</param>
    /// <param name="axis">0 for x, 1 for y, 2 for z.</param>
    /// <returns>The matrix, row by row; shape (2l + 1, 2l + 1).</returns>
    public static ReadOnlySpan<double> Momentum(int l, int axis) => Momenta[l][axis];

    // A turn by θ is exp(-iθL) = exp(θA): A is its slope at 0. Its odd part is a sum of sin mθ with m up to 3, which three angles tell.
    private static double[] Generator(int l, int axis)
    {
        var (first, second, third) = (Odd(l, axis, Math.PI / 4), Odd(l, axis, Math.PI / 2), Odd(l, axis, 3 * Math.PI / 4));
        var generator = new double[first.Length];
        for (var i = 0; i < generator.Length; i++)
        {
            var sum = (first[i] + third[i]) / Math.Sqrt(2);
            generator[i] = ((sum + second[i]) / 2) + (first[i] - third[i]) + (3 * (sum - second[i]) / 2);
        }

        return generator;
    }

    private static double[] Odd(int l, int axis, double angle)
    {
        var size = (2 * l) + 1;
        var (forth, back) = (new double[size * size], new double[size * size]);
        Rotate(l, Turn(axis, angle), forth);
        Rotate(l, Turn(axis, -angle), back);
        return [.. forth.Zip(back, (a, b) => (a - b) / 2)];
    }

    private static double[] Turn(int axis, double angle)
    {
        var turn = new double[9];
        var (first, second) = ((axis + 1) % 3, (axis + 2) % 3);
        turn[4 * axis] = 1;
        turn[4 * first] = turn[4 * second] = Math.Cos(angle);
        turn[(3 * first) + second] = -Math.Sin(angle);
        turn[(3 * second) + first] = Math.Sin(angle);
        return turn;
    }
}
