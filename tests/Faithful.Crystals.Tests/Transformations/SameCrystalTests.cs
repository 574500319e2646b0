using Faithful.Crystals.Formats.Poscar;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Transformations;

/// <summary>What describes the same crystal otherwise keeps its neighbours and its space group.</summary>
public sealed class SameCrystalTests
{
    private static readonly SymmetryOptions Tight = new() { DistanceTolerance = 1e-4, AngleTolerance = -1 };

    private static readonly (string Name, Func<Crystal, RandomCrystals, Crystal> Apply)[] Descriptions =
    [
        ("wrapping", (crystal, random) => crystal.Translate(random.Vector(-3, 3)).Wrap()),
        ("canonical order", (crystal, _) => crystal.InCanonicalOrder()),
        ("permutation", (crystal, random) => crystal.Permute(random.Permutation(crystal.Count))),
        ("rotation", (crystal, random) => crystal.Rotate(random.Rotation())),
        ("translation", (crystal, random) => crystal.Translate(random.Vector(-1, 1))),
        ("change of basis", (crystal, random) => crystal.ChangeBasis(random.UnimodularMatrix())),
        ("supercell", (crystal, random) => crystal.Supercell(random.Integer(1, 2), 1, random.Integer(1, 2))),
        ("supercell of any shape", (crystal, random) => crystal.Supercell(Matrix(random))),
        ("Niggli cell", (crystal, _) => crystal.ToNiggli()),
        ("Niggli cell of another description", (crystal, random) => random.Redescribe(crystal).ToNiggli()),
        ("primitive cell", (crystal, _) => crystal.ToPrimitive(Tight)),
        ("conventional cell", (crystal, _) => crystal.ToConventional(Tight)),
        ("primitive cell of a supercell", (crystal, random) => random.Redescribe(crystal.Supercell(1, 2, 1)).ToPrimitive(Tight)),
        ("no strain", (crystal, _) => crystal.Strain(StrainTensor.Zero)),
        ("expansion and back", (crystal, random) => crystal.Expand(1.3).Expand(1 / 1.3)),
    ];

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 40, Replay = "20263,7")]
    public void Neighbours_stay_the_same_whatever_the_cell(SeededCrystal sample)
    {
        foreach (var (name, apply) in Descriptions)
        {
            Neighbourhoods.AssertSame(sample.Crystal, apply(sample.Crystal, sample.Random()), 4, $"{name}, seed {sample.Seed}");
        }
    }

    [Fact]
    public void Example_crystals_keep_neighbours_and_space_group()
    {
        var crystals = Directory.GetFiles(TestData.Examples, "*.poscar").Order(StringComparer.Ordinal).Select(path => PoscarReader.Read(path)).Where(record => record.Crystal.Count <= 12);
        foreach (var (record, seed) in crystals.Select((record, seed) => (record, seed)))
        {
            var expected = SymmetryFinder.Analyze(record.Crystal, Tight).SpaceGroupNumber;
            foreach (var (name, apply) in Descriptions.Where((_, index) => (index + seed) % 3 == 0)) // each in a third of them, in turn
            {
                var after = apply(record.Crystal, new(seed));
                Assert.True(expected == SymmetryFinder.Analyze(after, Tight).SpaceGroupNumber, $"{record.Id}: {name}");
                Neighbourhoods.AssertSame(record.Crystal, after, 3.50123, $"{record.Id}: {name}", tolerance: 1e-5);
            }
        }
    }

    // The structures of spglib's own tests; every one in a few of the descriptions, in turn.
    [SkippableFact]
    public void Test_structures_of_spglib_keep_their_space_group()
    {
        Skip.IfNot(TestData.TryFind("fixtures/spglib", out var folder, out var reason), reason);
        var options = new SymmetryOptions { DistanceTolerance = Tolerances.SymmetryExact, AngleTolerance = -1 };
        var reading = new PoscarReaderOptions { PlaceholderSpecies = Element.All };
        var paths = Directory.GetFiles(folder, "POSCAR-*", SearchOption.AllDirectories).Where(path => !path.Contains("distorted", StringComparison.Ordinal) && !path.Contains("layer", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        Assert.InRange(paths.Length, 700, 1000);
        var wrong = paths.Select((path, index) => (path, index)).AsParallel().Select(item =>
        {
            var (path, index) = item;
            var crystal = PoscarReader.Read(path, reading).Crystal;
            if (crystal.Count > 60)
            {
                return null;
            }

            var expected = int.Parse(Path.GetFileName(path).Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
            var (name, apply) = Descriptions[index % Descriptions.Length];
            var found = SymmetryFinder.Analyze(apply(crystal, new(index)), options).SpaceGroupNumber;
            return found == expected ? null : $"{path}: {name}: {found}";
        });
        Assert.Empty(wrong.Where(line => line is not null));
    }

    [Fact]
    public void Sites_keep_their_symmetry_whatever_the_cell()
    {
        foreach (var (name, _, crystal) in Symmetry.Prototypes.All())
        {
            var expected = SymmetryFinder.Analyze(crystal, Tight);
            for (var seed = 0; seed < 5; seed++)
            {
                var random = new RandomCrystals(seed);
                var order = random.Permutation(crystal.Count);
                var again = crystal.Rotate(random.Rotation()).Translate(random.Vector(-1, 1)).ChangeBasis(random.UnimodularMatrix());
                var (same, permuted) = (SymmetryFinder.Analyze(again, Tight), SymmetryFinder.Analyze(again.Permute(order), Tight));
                var doubled = SymmetryFinder.Analyze(again.Supercell(1, 1, 2), Tight);
                Assert.True(expected.SitePointGroups.SequenceEqual(same.SitePointGroups), name);
                Assert.True(order.Select(atom => expected.SitePointGroups[atom]).SequenceEqual(permuted.SitePointGroups), name);
                Assert.True(expected.SitePointGroups.SelectMany(group => new[] { group, group }).SequenceEqual(doubled.SitePointGroups), name);
            }
        }
    }

    [Fact]
    public void Symmetry_stays_when_a_crystal_expands_or_changes_its_elements()
    {
        foreach (var (name, spaceGroup, crystal) in Symmetry.Prototypes.All())
        {
            Assert.True(spaceGroup == SymmetryFinder.Analyze(crystal.Expand(1.7), Tight).SpaceGroupNumber, name);
            var heavier = crystal.Species.Distinct().ToDictionary(element => element, element => Element.FromAtomicNumber(element.AtomicNumber + 1));
            Assert.True(spaceGroup == SymmetryFinder.Analyze(crystal.Substitute(heavier), Tight).SpaceGroupNumber, name);
        }
    }

    [Fact]
    public void A_primitive_cell_is_its_own_and_the_smallest()
    {
        foreach (var (name, _, crystal) in Symmetry.Prototypes.All())
        {
            var primitive = crystal.ToPrimitive(Tight);
            Assert.True(primitive.Count == primitive.ToPrimitive(Tight).Count && primitive.Count <= crystal.Count, name);
            Assert.True(primitive.ToConventional(Tight).Count % primitive.Count == 0, name);
            Assert.Equal(primitive.ReducedFormula, crystal.ReducedFormula);
        }
    }

    private static int[,] Matrix(RandomCrystals random)
    {
        while (true)
        {
            var numbers = Enumerable.Range(0, 9).Select(_ => random.Integer(-1, 2)).ToArray();
            if (Math.Abs((int)IntegerMatrix.Determinant(numbers)) is >= 1 and <= 3)
            {
                return IntegerMatrix.ToRows(numbers);
            }
        }
    }
}
