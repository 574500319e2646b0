using Faithful.Crystals.Bands;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Bands;

public sealed class RealHarmonicsTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<int> Azimuthals => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Azimuthals))]
    public void A_turned_function_is_the_function_at_the_place_before_the_turn(int l)
    {
        var random = new RandomCrystals(l);
        var size = (2 * l) + 1;
        for (var round = 0; round < 20; round++)
        {
            var turn = Matrix(random.Rotation(), round % 2 == 0 ? 1 : -1);
            var matrix = new double[size * size];
            RealHarmonics.Rotate(l, turn, matrix);
            var x = random.Vector(-1, 1);
            x /= x.Length;
            var before = Times(Transposed(turn), x);
            double[] here = new double[size], there = new double[size];
            RealHarmonics.Evaluate(l, x.X, x.Y, x.Z, here);
            RealHarmonics.Evaluate(l, before.X, before.Y, before.Z, there);
            for (var b = 0; b < size; b++)
            {
                Assert.Equal(there[b], Enumerable.Range(0, size).Sum(a => matrix[(a * size) + b] * here[a]), Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Azimuthals))]
    public void Turns_are_orthogonal_and_follow_each_other(int l)
    {
        var random = new RandomCrystals(10 + l);
        var (first, second) = (Matrix(random.Rotation(), 1), Matrix(random.Rotation(), -1));
        var (a, b) = (Turned(l, first), Turned(l, second));
        Assert.All(Multiply(a, Transposed(a, l), l).Zip(Identity(l)), pair => Assert.Equal(pair.Second, pair.First, Tolerance));
        Assert.All(Multiply(a, b, l).Zip(Turned(l, Multiply(first, second, 1))), pair => Assert.Equal(pair.Second, pair.First, Tolerance));
    }

    // [Lx, Ly] = i Lz with L = iA, and L² = l(l + 1).
    [Theory]
    [MemberData(nameof(Azimuthals))]
    public void Angular_momenta_commute_as_they_must(int l)
    {
        double[][] momenta = [.. Enumerable.Range(0, 3).Select(axis => RealHarmonics.Momentum(l, axis).ToArray())];
        for (var axis = 0; axis < 3; axis++)
        {
            var (x, y, z) = (momenta[axis], momenta[(axis + 1) % 3], momenta[(axis + 2) % 3]);
            var (xy, yx) = (Multiply(x, y, l), Multiply(y, x, l));
            for (var i = 0; i < z.Length; i++)
            {
                Assert.Equal(z[i], xy[i] - yx[i], Tolerance);
            }
        }

        var square = momenta.Select(momentum => Multiply(momentum, momentum, l)).Aggregate((a, b) => [.. a.Zip(b, (p, q) => p + q)]);
        Assert.All(square.Zip(Identity(l)), pair => Assert.Equal(-l * (l + 1) * pair.Second, pair.First, Tolerance));
    }

    private static double[] Turned(int l, double[] turn)
    {
        var matrix = new double[((2 * l) + 1) * ((2 * l) + 1)];
        RealHarmonics.Rotate(l, turn, matrix);
        return matrix;
    }

    private static double[] Matrix(Rotation rotation, int sign) =>
    [
        sign * rotation.Row1.X, sign * rotation.Row1.Y, sign * rotation.Row1.Z,
        sign * rotation.Row2.X, sign * rotation.Row2.Y, sign * rotation.Row2.Z,
        sign * rotation.Row3.X, sign * rotation.Row3.Y, sign * rotation.Row3.Z,
    ];

    private static Vector3D Times(double[] m, Vector3D v) =>
        new((m[0] * v.X) + (m[1] * v.Y) + (m[2] * v.Z), (m[3] * v.X) + (m[4] * v.Y) + (m[5] * v.Z), (m[6] * v.X) + (m[7] * v.Y) + (m[8] * v.Z));

    private static double[] Transposed(double[] m, int l = 1)
    {
        var size = (2 * l) + 1;
        return [.. Enumerable.Range(0, size * size).Select(i => m[((i % size) * size) + (i / size)])];
    }

    private static double[] Identity(int l) => [.. Enumerable.Range(0, ((2 * l) + 1) * ((2 * l) + 1)).Select(i => i % ((2 * l) + 2) == 0 ? 1.0 : 0)];

    private static double[] Multiply(double[] a, double[] b, int l)
    {
        var size = (2 * l) + 1;
        return
        [
            .. Enumerable.Range(0, size * size).Select(i => Enumerable.Range(0, size).Sum(k => a[((i / size) * size) + k] * b[(k * size) + (i % size)])),
        ];
    }
}
