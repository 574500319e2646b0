using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Descriptors;

public sealed class NiggliCellTests
{
    [Fact]
    public void The_cell_does_not_depend_on_the_basis()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = random.Lattice(random.Uniform(20, 200));
            var cell = NiggliCell.Of(lattice);
            var other = new Crystal(lattice, [Element.All[0]], [Vector3D.Zero]).ChangeBasis(random.UnimodularMatrix(8)).Rotate(random.Rotation()).Lattice;
            AssertSame(cell, NiggliCell.Of(other), $"seed {seed}");
        }
    }

    // Lattices with symmetry have several bases that are equally short: rounding must not choose among them.
    [Theory]
    [InlineData("0 1 1  1 0 1  1 1 0", 1.4142135624, 60, 60)]
    [InlineData("-1 1 1  1 -1 1  1 1 -1", 1.7320508076, 109.4712206, 109.4712206)]
    [InlineData("1 0 0  -0.5 0.8660254038 0  0 0 1.6", 1, 90, 120)]
    [InlineData("1 0 0  0 1 0  0 0 1", 1, 90, 90)]
    public void Lattices_of_high_symmetry_have_their_known_cells(string rows, double a, double alpha, double gamma)
    {
        var numbers = rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => 4 * double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var lattice = new Lattice(new(numbers[0], numbers[1], numbers[2]), new(numbers[3], numbers[4], numbers[5]), new(numbers[6], numbers[7], numbers[8]));
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new RandomCrystals(seed);
            var other = new Crystal(lattice, [Element.All[0]], [Vector3D.Zero]).ChangeBasis(random.UnimodularMatrix(8)).Rotate(random.Rotation()).Lattice;
            var cell = NiggliCell.Of(other);
            Assert.Equal(4 * a, cell.Lengths.X, 1e-6);
            Assert.Equal(alpha, cell.Angles.X, 1e-4);
            Assert.Equal(gamma, cell.Angles.Z, 1e-4);
        }
    }

    [Fact]
    public void Supercells_and_centred_cells_have_the_smallest_cell_that_translations_give()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal();
            var (n1, n2, n3) = (random.Integer(1, 3), random.Integer(1, 3), random.Integer(1, 2));
            var supercell = random.Redescribe(crystal.Supercell(n1, n2, n3));
            var before = TranslationCell.Of(crystal);
            var after = TranslationCell.Of(supercell);
            Assert.Equal(before.Cells * n1 * n2 * n3, after.Cells);
            Assert.Equal(crystal.Lattice.Volume / before.Cells, after.Lattice.Volume, 1e-6 * crystal.Lattice.Volume);
            AssertSame(NiggliCell.Of(before.Lattice), NiggliCell.Of(after.Lattice), $"seed {seed}");
        }

        var copper = new Crystal(
            Lattice.Cubic(3.6), Enumerable.Repeat(Element.FromSymbol("Cu"), 4), [new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)]);
        Assert.Equal(4, TranslationCell.Of(copper).Cells);
    }

    // Atoms a little off their places hide no translation; and translations that are no group together give none.
    [Fact]
    public void Noise_below_the_tolerance_hides_no_translation()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal(4, 0, 2).Supercell(2, 3, 1);
            var noisy = new Crystal(
                crystal.Lattice,
                crystal.Species,
                crystal.FractionalPositions.Select(position => position + crystal.Lattice.ToFractional(random.Vector(-0.01, 0.01))));
            Assert.Equal(6, TranslationCell.Of(noisy).Cells);
        }
    }

    private static void AssertSame(NiggliCell expected, NiggliCell actual, string what)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            Assert.True(Math.Abs(expected.Lengths[axis] - actual.Lengths[axis]) < 1e-6 * expected.Lengths[axis], $"{what}: {expected} and {actual}");
            Assert.True(Math.Abs(expected.Angles[axis] - actual.Angles[axis]) < 1e-4, $"{what}: {expected} and {actual}");
        }
    }
}
