using System.Runtime.InteropServices;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;
using FsCheck.Xunit;
using Metric = Faithful.Crystals.Tests.Transformations.NiggliCharacters.Metric;

namespace Faithful.Crystals.Tests.Transformations;

public sealed class NiggliTests
{
    // Every tie that there is: all characters, each with random numbers, from cells of both hands and any skew.
    [Fact]
    public void Each_of_the_44_characters_is_found_from_every_basis()
    {
        for (var character = 1; character <= NiggliCharacters.Count; character++)
        {
            for (var seed = 0; seed < 30; seed++)
            {
                var random = new RandomCrystals((100 * character) + seed);
                var metric = NiggliCharacters.Random(character, random);
                var crystal = new Crystal(metric.ToLattice(), [Element.All[13]], [random.Vector(-1, 2)]);
                var again = crystal.Rotate(random.Rotation()).ChangeBasis(random.UnimodularMatrix(seed % 12));
                var found = Metric.Of(again.ToNiggli().Lattice);
                Assert.True(metric.DistanceTo(found) < 1e-6 * metric.C, $"character {character}, seed {seed}: {metric}, found {found}");
            }
        }
    }

    // Coordinates of files have five or six digits, which are within the tolerance: the last digits do not choose the cell.
    [Fact]
    public void Rounding_of_the_input_does_not_change_the_cell()
    {
        for (var character = 1; character <= NiggliCharacters.Count; character++)
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var random = new RandomCrystals((100 * character) + seed);
                var metric = NiggliCharacters.Random(character, random);
                var exact = new Crystal(metric.ToLattice(), [Element.All[13]], [Vector3D.Zero]).ChangeBasis(random.UnimodularMatrix(3)).Lattice;
                var rounded = new Lattice(exact.A + random.Vector(-5e-7, 5e-7), exact.B + random.Vector(-5e-7, 5e-7), exact.C + random.Vector(-5e-7, 5e-7));
                var found = Metric.Of(rounded.ToNiggli(out _));
                Assert.True(metric.DistanceTo(found) < 1e-5 * metric.C, $"character {character}, seed {seed}: {metric}, found {found}");
            }
        }
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 300, Replay = "20261,7")]
    public void A_crystal_has_one_Niggli_cell_however_it_is_described(SeededCrystal sample)
    {
        var (niggli, random) = (sample.Crystal.ToNiggli(), sample.Random());
        var metric = Metric.Of(niggli.Lattice);
        var again = sample.Crystal.Rotate(random.Rotation()).ChangeBasis(random.UnimodularMatrix(10)).ToNiggli();
        Assert.True(metric.DistanceTo(Metric.Of(again.Lattice)) < 1e-6 * metric.C);
        Assert.Same(niggli.Lattice, niggli.ToNiggli().Lattice); // a Niggli cell is its own
        Assert.Equal(sample.Crystal.Lattice.Reduction.A.Length, niggli.Lattice.Lengths.X, Tolerances.Distance); // the shortest vector there is
        Neighbourhoods.AssertSame(sample.Crystal, niggli, 4.5);
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 200, Replay = "20262,7")]
    public void The_change_of_basis_leads_to_the_cell_and_keeps_every_atom_in_its_place(SeededCrystal sample)
    {
        var skewed = sample.Crystal.ChangeBasis(sample.Random().UnimodularMatrix(6));
        var niggli = skewed.ToNiggli(out var matrix);
        var changed = skewed.ChangeBasis(matrix);
        Assert.Equal(1, (int)IntegerMatrix.Determinant(IntegerMatrix.FromRows(matrix)));
        Assert.Equal(skewed.Lattice.IsRightHanded, niggli.Lattice.IsRightHanded);
        Assert.Equal((changed.Lattice.A, changed.Lattice.B, changed.Lattice.C), (niggli.Lattice.A, niggli.Lattice.B, niggli.Lattice.C));
        for (var atom = 0; atom < niggli.Count; atom++)
        {
            var moved = changed.FractionalPositions[atom] - niggli.FractionalPositions[atom];
            Assert.True((moved - new Vector3D(Math.Round(moved.X), Math.Round(moved.Y), Math.Round(moved.Z))).Length < 1e-9);
            Assert.True(niggli.FractionalPositions[atom] is { X: >= 0 and < 1, Y: >= 0 and < 1, Z: >= 0 and < 1 });
        }
    }

    [Fact]
    public void The_skewest_cells_are_reduced_too()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = random.Lattice(60);
            var (factor1, factor2) = (random.Integer(-300, 300), random.Integer(-300, 300));
            var skewed = new Lattice(lattice.A, lattice.B + (factor1 * lattice.A), lattice.C + (factor2 * lattice.A) - (factor1 * lattice.B));
            var (expected, found) = (Metric.Of(lattice.ToNiggli(out _)), Metric.Of(skewed.ToNiggli(out _)));
            Assert.True(expected.DistanceTo(found) < 1e-6 * expected.C, $"seed {seed}");
        }
    }

    // Cells of the Materials Project that are the tolerance off a symmetric one, so that the steps cycle: zero is not transitive.
    [Theory]
    [InlineData("6.302891 0 0 8.030771100464561E-05 10.877760999703554 0 4.3096604740418836E-05 5.438873648276671 9.420430555637322")]
    [InlineData("3.284704 0 0 -1.642389207611106 2.844622554017064 0 6.254108894113226E-05 7.768844696678081E-05 36.195357999862594")]
    [InlineData("6.830284 0 0 -3.415167500175764 5.915184736455762 0 -2.690243311218923E-05 -4.806587186328634E-05 10.414836999854339")]
    public void Cells_at_the_edge_of_the_tolerance_have_one_Niggli_cell_too(string components)
    {
        var numbers = components.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var crystal = new Crystal(new Lattice(new(numbers[0], numbers[1], numbers[2]), new(numbers[3], numbers[4], numbers[5]), new(numbers[6], numbers[7], numbers[8])), [Element.All[13]], [Vector3D.Zero]);
        var metric = Metric.Of(crystal.ToNiggli().Lattice);
        for (var seed = 0; seed < 50; seed++)
        {
            Assert.True(metric.DistanceTo(Metric.Of(crystal.ChangeBasis(new RandomCrystals(seed).UnimodularMatrix()).ToNiggli().Lattice)) < 1e-4 * metric.C, $"seed {seed}");
        }
    }

    [SkippableFact]
    public void Real_crystals_have_one_Niggli_cell()
    {
        Skip.IfNot(TestData.TryFind("datasets/materials.jsonl.gz", out var path, out var reason), reason);
        foreach (var (record, seed) in CrystalSource.Read(path).Take(3000).Select((result, seed) => (result.GetRecordOrThrow(), seed)))
        {
            var random = new RandomCrystals(seed);
            var (first, second) = (record.Crystal.ToNiggli().Lattice, record.Crystal.Rotate(random.Rotation()).ChangeBasis(random.UnimodularMatrix(6)).ToNiggli().Lattice);

            // As close as the numbers of the data are to the symmetry that they have.
            Assert.True((first.Lengths - second.Lengths).Length < 1e-4 && (first.Angles - second.Angles).Length < 2e-3, $"{record.Id}: {first}, {second}");
        }
    }

    [Theory]
    [InlineData(0.02, 3, 3000)] // needles and plates: V^⅔ is far from the square of an edge
    [InlineData(500, 500, 2)]
    [InlineData(1, 1, 9e5)]
    [InlineData(9e5, 9e5, 1)]
    public void Needles_and_plates_have_Niggli_cells(double a, double b, double c)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = Lattice.FromParameters(a, b, c, random.Uniform(85, 95), random.Uniform(85, 95), random.Uniform(80, 100));
            var metric = Metric.Of(lattice.ToNiggli(out _));
            Assert.True(metric.A <= metric.B * (1 + 1e-4) && metric.B <= metric.C * (1 + 1e-4), $"{metric}");
        }
    }

    // spglib has an implementation of its own, which gives the same lengths and angles.
    [Fact]
    public unsafe void Spglib_finds_the_same_cell()
    {
        var library = SpglibHandle.Load([Environment.GetEnvironmentVariable(Spglib.PathVariable) is { Length: > 0 } path ? path : "libsymspg.so.1", "libsymspg.so.2"], "spglib");
        var reduce = (delegate* unmanaged<double*, double, int>)NativeLibrary.GetExport(library.Handle, "spg_niggli_reduce");
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = seed % 2 == 0
                ? random.Lattice(random.Uniform(10, 500), random.Integer(0, 2))
                : new Crystal(NiggliCharacters.Random(1 + (seed / 2 % NiggliCharacters.Count), random).ToLattice(), [Element.All[0]], [Vector3D.Zero])
                    .ChangeBasis(random.UnimodularMatrix()).Lattice;
            var hand = lattice.IsRightHanded ? 1 : -1;
            var (a, b, c) = (hand * lattice.A, hand * lattice.B, hand * lattice.C);
            double[] columns = [a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z];
            fixed (double* start = columns)
            {
                Assert.Equal(1, reduce(start, 1e-5));
            }

            var expected = Metric.Of(new(
                new(columns[0], columns[3], columns[6]), new(columns[1], columns[4], columns[7]), new(columns[2], columns[5], columns[8])));
            var found = Metric.Of(lattice.ToNiggli(out _));
            Assert.True(expected.DistanceTo(found) < 1e-6 * expected.C, $"seed {seed}: {expected}, found {found}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-5)]
    [InlineData(0.1)]
    [InlineData(double.NaN)]
    public void A_tolerance_that_is_none_is_refused(double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCrystals(1).Crystal(2).ToNiggli(tolerance));

    [Fact]
    public void Cells_that_are_not_reduced_break_a_condition()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new RandomCrystals(seed);
            var niggli = random.Lattice(100).ToNiggli(out _);
            Assert.Null(NiggliReduction.BrokenCondition(niggli, NiggliTransformation.DefaultTolerance));
            var matrix = random.UnimodularMatrix(6).Cast<int>().ToArray();
            var other = IntegerMatrix.Multiply(matrix, niggli);
            var isSame = Metric.Of(niggli).DistanceTo(Metric.Of(other)) < 1e-3;
            Assert.True(isSame == NiggliReduction.BrokenCondition(other, NiggliTransformation.DefaultTolerance) is null, $"seed {seed}");
        }
    }
}
