using Faithful.Testing;

namespace Faithful.Crystals.Tests;

public sealed class LatticeTests
{
    [Fact]
    public void Fractional_to_Cartesian_and_back_is_the_identity()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = random.Lattice(random.Uniform(5, 1000), seed % 5);
            var fractional = random.Vector(-3, 3);
            var again = lattice.ToFractional(lattice.ToCartesian(fractional));
            var skew = lattice.Lengths.X * lattice.Lengths.Y * lattice.Lengths.Z / lattice.Volume;
            Assert.True((again - fractional).Length < 1e-13 * skew, $"seed {seed}: {fractional} became {again}");
        }
    }

    [Fact]
    public void Lengths_and_angles_give_the_lattice_back_but_for_its_orientation()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = random.Lattice(100, seed % 4);
            var (lengths, angles) = (lattice.Lengths, lattice.Angles);
            var again = Lattice.FromParameters(lengths.X, lengths.Y, lengths.Z, angles.X, angles.Y, angles.Z);
            Assert.True((again.Lengths - lengths).Length < 1e-9 * lengths.Length, $"seed {seed}");
            Assert.True((again.Angles - angles).Length < 1e-6, $"seed {seed}: {angles} became {again.Angles}");
            Assert.True(Math.Abs(again.Volume - lattice.Volume) < 1e-6 * lattice.Volume, $"seed {seed}");
            Assert.True(again.IsRightHanded && again.A is { Y: 0, Z: 0 } && again.B.Z == 0);
        }
    }

    [Fact]
    public void The_angles_of_common_lattices_are_exact()
    {
        Assert.Equal(new(0, 4, 0), Lattice.Cubic(4).B);
        Assert.Equal(new(0, 0, 4), Lattice.Cubic(4).C);
        Assert.Equal(-1.5, Lattice.Hexagonal(3, 5).B.X);
        Assert.Equal(new(0, 0, 5), Lattice.Hexagonal(3, 5).C);
        Assert.Equal(new(2, 2, 7), Lattice.Tetragonal(2, 7).Lengths);
        Assert.Equal(new(2, 3, 4), Lattice.Orthorhombic(2, 3, 4).Lengths);
        Assert.Equal(1.5, Lattice.Rhombohedral(3, 60).B.X);
    }

    [Fact]
    public void Plane_spacings_are_the_volume_over_the_area_of_the_opposite_face()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var lattice = new RandomCrystals(seed).Lattice(50, seed % 4);
            var spacings = lattice.PlaneSpacings;
            Assert.Equal(lattice.Volume / lattice.B.Cross(lattice.C).Length, spacings.X, 1e-9 * spacings.X);
            Assert.Equal(lattice.Volume / lattice.A.Cross(lattice.C).Length, spacings.Y, 1e-9 * spacings.Y);
            Assert.Equal(lattice.Volume / lattice.A.Cross(lattice.B).Length, spacings.Z, 1e-9 * spacings.Z);
        }
    }

    [Fact]
    public void Both_hands_are_accepted()
    {
        var right = new Lattice(new(1, 0, 0), new(0, 2, 0), new(0, 0, 3));
        var left = new Lattice(new(1, 0, 0), new(0, 2, 0), new(0, 0, -3));
        Assert.True(right.IsRightHanded);
        Assert.False(left.IsRightHanded);
        Assert.Equal(6, left.Volume);
        Assert.Equal(new(0.5, 0.25, 0.75), left.ToFractional(left.ToCartesian(new(0.5, 0.25, 0.75))));
    }

    [Theory]
    [InlineData(double.NaN, InvalidCrystalProblem.NumberOutOfRange)]
    [InlineData(double.PositiveInfinity, InvalidCrystalProblem.NumberOutOfRange)]
    [InlineData(1e7, InvalidCrystalProblem.NumberOutOfRange)]
    [InlineData(1e300, InvalidCrystalProblem.NumberOutOfRange)]
    [InlineData(0, InvalidCrystalProblem.NoVolume)]
    [InlineData(1e-300, InvalidCrystalProblem.NoVolume)]
    [InlineData(1e-5, InvalidCrystalProblem.NoVolume)]
    public void A_basis_without_volume_or_numbers_is_refused(double component, InvalidCrystalProblem problem)
    {
        var exception = Assert.Throws<InvalidCrystalException>(() => new Lattice(new(component, 0, 0), new(0, 1, 0), new(0, 0, 1)));
        Assert.Equal(problem, exception.Problem);
        Assert.Equal($"expected {exception.Expected}, found {exception.Found}", exception.Message);
    }

    [Fact]
    public void Vectors_in_a_plane_have_no_volume() => Assert.Equal(
        InvalidCrystalProblem.NoVolume,
        Assert.Throws<InvalidCrystalException>(() => new Lattice(new(0.1, 0.2, 0.3), new(0.4, 0.5, 0.6), new(0.7, 0.8, 0.9))).Problem);

    [Theory]
    [InlineData(5, 5, 5, 60, 60, 120, InvalidCrystalProblem.ImpossibleAngles)] // flat
    [InlineData(5, 5, 5, 30, 30, 90, InvalidCrystalProblem.ImpossibleAngles)]
    [InlineData(5, 5, 5, 0, 90, 90, InvalidCrystalProblem.ImpossibleAngles)]
    [InlineData(5, 5, 5, 90, 180, 90, InvalidCrystalProblem.ImpossibleAngles)]
    [InlineData(5, 5, 5, 90, 90, double.NaN, InvalidCrystalProblem.ImpossibleAngles)]
    [InlineData(5, 5, 5, 90, 90, -90, InvalidCrystalProblem.ImpossibleAngles)]
    [InlineData(0, 5, 5, 90, 90, 90, InvalidCrystalProblem.NumberOutOfRange)]
    [InlineData(5, -5, 5, 90, 90, 90, InvalidCrystalProblem.NumberOutOfRange)]
    [InlineData(5, 5, double.NaN, 90, 90, 90, InvalidCrystalProblem.NumberOutOfRange)]
    [InlineData(5, 5, double.PositiveInfinity, 90, 90, 90, InvalidCrystalProblem.NumberOutOfRange)]
    public void Parameters_that_give_no_cell_are_refused(double a, double b, double c, double alpha, double beta, double gamma, InvalidCrystalProblem problem) =>
        Assert.Equal(problem, Assert.Throws<InvalidCrystalException>(() => Lattice.FromParameters(a, b, c, alpha, beta, gamma)).Problem);

    [Fact]
    public void The_reduced_basis_spans_the_same_lattice_with_shorter_vectors()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = random.Lattice(60, seed % 5);
            var reduction = lattice.Reduction;
            Assert.True(IntegerMatrix.Determinant(reduction.RowsInOriginal) is var determinant && (determinant == 1 || determinant == -1));
            var reduced = new Lattice(reduction.A, reduction.B, reduction.C);
            Assert.Equal(lattice.Volume, reduced.Volume, 1e-6 * lattice.Volume);

            // Minkowski's conditions: no combination with coefficients -1, 0, 1 is shorter than the longest vector in it.
            for (var code = 1; code < 27; code++)
            {
                var (x, y, z) = ((code % 3) - 1, (code / 3 % 3) - 1, (code / 9) - 1);
                var longest = z != 0 ? reduction.C.Length : y != 0 ? reduction.B.Length : x != 0 ? reduction.A.Length : 0;
                Assert.True(((x * reduction.A) + (y * reduction.B) + (z * reduction.C)).Length >= longest * (1 - 1e-9), $"seed {seed}: {x} {y} {z}");
            }

            var spacings = reduced.PlaneSpacings;
            Assert.True(Math.Min(spacings.X, Math.Min(spacings.Y, spacings.Z)) >= 0.7 * reduction.A.Length, $"seed {seed}");
        }
    }
}
