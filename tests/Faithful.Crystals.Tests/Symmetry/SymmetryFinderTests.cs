using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Symmetry;

public sealed class SymmetryFinderTests
{
    private static readonly SymmetryOptions Tight = new() { DistanceTolerance = 1e-3, AngleTolerance = -1 };

    [Fact]
    public void The_space_group_is_the_same_however_the_crystal_is_described()
    {
        foreach (var (name, spaceGroup, crystal) in Prototypes.All())
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var random = new RandomCrystals(seed);
                var again = random.Redescribe(seed % 4 == 0 ? crystal.Supercell(1, 2, 1) : crystal); // left-handed bases, too
                var symmetry = SymmetryFinder.Analyze(again, Tight);
                Assert.True(spaceGroup == symmetry.SpaceGroupNumber, $"{name}, seed {seed}: {symmetry.SpaceGroupNumber}");
                Assert.Equal(SpaceGroups.PointGroupSymbol(spaceGroup), symmetry.PointGroup);
                Assert.Equal(SpaceGroups.PointGroupNumber(spaceGroup), symmetry.PointGroupNumber);
            }
        }
    }

    [Fact]
    public void Inversion_turns_a_chiral_crystal_into_its_other_hand()
    {
        foreach (var (name, spaceGroup, crystal) in Prototypes.All())
        {
            var expected = spaceGroup switch { 152 => 154, 154 => 152, _ => spaceGroup };
            Assert.True(expected == SymmetryFinder.Analyze(crystal.Invert(), Tight).SpaceGroupNumber, name);
        }
    }

    [Fact]
    public void Random_crystals_have_no_symmetry()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new RandomCrystals(seed);
            Assert.Equal(1, SymmetryFinder.Analyze(random.Crystal(random.Integer(3, 8)), Tight).SpaceGroupNumber);
        }
    }

    [Fact]
    public void The_primitive_cell_of_a_supercell_is_that_of_the_cell()
    {
        foreach (var (name, spaceGroup, crystal) in Prototypes.All())
        {
            foreach (var options in new[] { Tight, Tight with { Idealize = true } })
            {
                var atoms = SymmetryFinder.Primitive(crystal, options).Count;
                for (var seed = 0; seed < 5; seed++)
                {
                    var random = new RandomCrystals(seed);
                    var primitive = SymmetryFinder.Primitive(random.Redescribe(crystal.Supercell(1 + (seed % 2), 2, 1)), options);
                    Assert.True(atoms == primitive.Count, $"{name}, seed {seed}: {primitive.Count} atoms");
                    Assert.True(primitive.Lattice.IsRightHanded);
                    Assert.Equal(crystal.ReducedFormula, primitive.ReducedFormula);
                    Assert.Equal(crystal.VolumePerAtom, primitive.VolumePerAtom, 1e-6 * crystal.VolumePerAtom);
                    Assert.Equal(spaceGroup, SymmetryFinder.Analyze(primitive, Tight).SpaceGroupNumber);
                    AssertSameDistances(crystal, primitive, name);
                }
            }
        }
    }

    [Fact]
    public void The_conventional_cell_is_the_same_crystal()
    {
        foreach (var (name, spaceGroup, crystal) in Prototypes.All())
        {
            var conventional = SymmetryFinder.Conventional(new RandomCrystals(1).Redescribe(crystal), Tight);
            Assert.Equal(spaceGroup, SymmetryFinder.Analyze(conventional, Tight).SpaceGroupNumber);
            AssertSameDistances(crystal, conventional, name);
            var primitive = SymmetryFinder.Analyze(conventional, Tight).StandardPrimitive;
            Assert.Equal(name is "silicon" or "zinc blende" ? 4 : name == "tantalum arsenide" ? 2 : name == "bismuth selenide" ? 3 : 1, conventional.Count / primitive.Count);
        }
    }

    /// <summary>spglib is asked once for the space group and the primitive cell, and the cell is that which it gives when it is asked again.</summary>
    [Fact]
    public void The_primitive_cell_that_comes_with_the_symmetry_is_that_of_spglib()
    {
        SymmetryOptions[] tolerances = [Tight, new(), new() { Idealize = true }];
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            foreach (var options in tolerances)
            {
                for (var seed = 0; seed < 6; seed++)
                {
                    var random = new RandomCrystals(seed);
                    var given = seed % 2 == 0 ? SymmetryFinder.Conventional(crystal, options) : crystal.Supercell(1, 2, 1 + (seed % 3));
                    var described = seed < 2 ? given : random.Redescribe(given);
                    var (expected, found) = (SymmetryFinder.Primitive(described, options), SymmetryFinder.AnalyzeWithSpglib(described, options).StandardPrimitive);
                    Assert.Equal(expected.Species.AsEnumerable(), found.Species);
                    AssertClose(expected.Lattice.A, found.Lattice.A, name);
                    AssertClose(expected.Lattice.B, found.Lattice.B, name);
                    AssertClose(expected.Lattice.C, found.Lattice.C, name);
                    Assert.All(expected.FractionalPositions.Zip(found.FractionalPositions), pair => AssertClose(pair.First, pair.Second, name));
                }
            }
        }

        // Rounding is all that versions of spglib may differ by.
        static void AssertClose(Vector3D expected, Vector3D found, string name) => Assert.True((expected - found).Length < 1e-12, $"{name}: {expected} and {found}");
    }

    [Fact]
    public void Sites_have_letters_symmetries_and_equivalents()
    {
        var rutile = SymmetryFinder.Analyze(Prototypes.All().Single(prototype => prototype.Name == "rutile").Crystal, Tight);
        Assert.Equal("aaffff", string.Concat(rutile.WyckoffLetters));
        Assert.Equal("m.mm m.mm m.2m m.2m m.2m m.2m", string.Join(' ', rutile.SiteSymmetrySymbols));
        Assert.Equal(["mmm", "mmm", "mm2", "mm2", "mm2", "mm2"], rutile.SitePointGroups.Select(number => SpaceGroups.PointGroupSymbols[number - 1]));
        Assert.Equal([0, 0, 2, 2, 2, 2], rutile.EquivalentAtoms.AsEnumerable());
        Assert.Equal(("P4_2/mnm", "-P 4n 2n", 16), (rutile.InternationalSymbol, rutile.HallSymbol, rutile.OperationCount));
    }

    // The order of a site's point group times the number of its images is the order of the crystal's point group.
    [Fact]
    public void Orbits_and_site_symmetries_satisfy_Lagrange()
    {
        int[] orders = [1, 2, 2, 2, 4, 4, 4, 8, 4, 4, 8, 8, 8, 8, 16, 3, 6, 6, 6, 12, 6, 6, 12, 12, 12, 12, 24, 12, 24, 24, 24, 48];
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            var symmetry = SymmetryFinder.Analyze(SymmetryFinder.Primitive(crystal, Tight), Tight);
            Assert.Equal(orders[symmetry.PointGroupNumber - 1], symmetry.OperationCount);
            foreach (var orbit in symmetry.EquivalentAtoms.Select((first, atom) => (first, atom)).GroupBy(pair => pair.first, pair => pair.atom))
            {
                Assert.All(orbit, atom => Assert.True(orders[symmetry.SitePointGroups[atom] - 1] * orbit.Count() == symmetry.OperationCount, name));
            }
        }
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        var crystals = Prototypes.All().Select(prototype => prototype.Crystal).Concat(Enumerable.Range(0, 20).Select(seed => new RandomCrystals(seed).Crystal())).ToArray();
        var expected = crystals.Select(crystal => SymmetryFinder.Analyze(crystal)).ToArray();
        Parallel.For(0, 20 * crystals.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            var (before, after) = (expected[index % crystals.Length], SymmetryFinder.Analyze(crystals[index % crystals.Length]));
            Assert.Equal(before.HallNumber, after.HallNumber);
            Assert.Equal(before.WyckoffLetters.AsEnumerable(), after.WyckoffLetters);
            Assert.Equal(before.SiteSymmetrySymbols.AsEnumerable(), after.SiteSymmetrySymbols);
        });
    }

    [Fact]
    public void A_tolerance_that_merges_atoms_is_an_error_with_a_reason()
    {
        var crystal = Prototypes.All().First().Crystal;
        var exception = Assert.Throws<SymmetryException>(() => SymmetryFinder.Analyze(crystal, new() { DistanceTolerance = 4 }));
        Assert.Equal(("Si2", 4.0), (exception.Formula, exception.DistanceTolerance));
        Assert.StartsWith("Si2: no symmetry found with a distance tolerance of 4 Å: ", exception.Message, StringComparison.Ordinal);
        Assert.Throws<SymmetryException>(() => SymmetryFinder.Primitive(crystal, new() { DistanceTolerance = 4 }));
    }

    [Fact]
    public void Options_have_defaults_and_say_all_that_is_wrong_with_them()
    {
        Assert.Equal((0.1, 5.0, false), (new SymmetryOptions().DistanceTolerance, new SymmetryOptions().AngleTolerance, new SymmetryOptions().Idealize));
        var crystal = new RandomCrystals(1).Crystal();
        var exception = Assert.Throws<ArgumentException>(() => SymmetryFinder.Analyze(crystal, new() { DistanceTolerance = 0, AngleTolerance = -2 }));
        Assert.Equal("DistanceTolerance must be positive and finite (Å); AngleTolerance must lie between 0 and 180 degrees, or be -1.", exception.Message);
        Assert.Throws<ArgumentException>(() => SymmetryFinder.Analyze(crystal, new() { DistanceTolerance = double.NaN }));
    }

    [Fact]
    public void The_library_says_its_version_or_what_to_install()
    {
        Assert.True(SymmetryFinder.TryGetVersion(out var version, out var problem), problem);
        Assert.Equal(SymmetryFinder.Version, version);
        Assert.StartsWith("2.", version, StringComparison.Ordinal);
        var missing = Assert.Throws<MissingNativeLibraryException>(() => Spglib.TryVersion("libnosuchthing.so.1"));
        Assert.Equal("spglib", missing.Library);
        Assert.Contains("apt install libsymspg1", missing.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', missing.Message);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal("libc.so.6 is another library", Assert.Throws<MissingNativeLibraryException>(() => Spglib.TryVersion("libc.so.6")).Problem);
        }
    }

    // Distances per atom tell whether two cells hold the same crystal, whatever the cells are.
    private static void AssertSameDistances(Crystal before, Crystal after, string name)
    {
        var (first, second) = (NeighborSearch.Find(before, 5), NeighborSearch.Find(after, 5));
        Assert.True((long)first.Count * after.Count == (long)second.Count * before.Count, name);
        Assert.Equal(first.Distances.Average(), second.Distances.Average(), 1e-5);
    }
}
