using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Splits;

public sealed class SplitKeysTests
{
    public static TheoryData<SplitKind> Kinds => [.. Enum.GetValues<SplitKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_word_of_its_own(SplitKind kind)
    {
        Assert.True(SplitKinds.TryFind(SplitKinds.NameOf(kind), out var found));
        Assert.Equal(kind, found);
        Assert.Contains(SplitKinds.NameOf(kind), SplitKinds.Names);
        Assert.False(SplitKinds.TryFind(SplitKinds.NameOf(kind).ToUpperInvariant(), out _));
    }

    [Theory]
    [InlineData(SplitKind.Random, "mp-1")]
    [InlineData(SplitKind.Group, "SrTiO3|221")]
    [InlineData(SplitKind.Formula, "SrTiO3")]
    [InlineData(SplitKind.Prototype, "ABC3|221")]
    [InlineData(SplitKind.ChemicalSystem, "O-Sr-Ti")]
    public void The_keys_of_a_perovskite(SplitKind kind, string expected) =>
        Assert.Equal(expected, Assert.Single(SplitKeys.Of(kind, [Labelled("mp-1", Example("SrTiO3"), "221")]).Keys));

    /// <summary>A random split goes by the id: it is the one that may divide copies.</summary>
    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 50, Replay = "(11,1)")]
    public void A_key_does_not_depend_on_how_a_crystal_is_described(SeededCrystal seeded)
    {
        var random = new RandomCrystals(seeded.Seed);
        var other = random.Redescribe(seeded.Crystal).Supercell(1, 2, 1);
        foreach (var kind in Enum.GetValues<SplitKind>().Where(kind => kind != SplitKind.Random))
        {
            Assert.Equal(SplitKeys.Of(kind, "a", seeded.Crystal.Species, "2"), SplitKeys.Of(kind, "b", other.Species, "2"));
        }
    }

    [Fact]
    public void Kinds_get_stricter_rows_of_one_group_are_of_one_formula_and_so_on()
    {
        CrystalRecord[] records = [.. Directory.EnumerateFiles(TestData.Examples, "*.poscar").SelectMany(file => CrystalSource.Read(file)).Select(Known)];
        void Refines(SplitKind fine, SplitKind coarse)
        {
            var (left, right) = (SplitKeys.Of(fine, records).Keys, SplitKeys.Of(coarse, records).Keys);
            Assert.All(Enumerable.Range(0, records.Length).GroupBy(row => left[row]), group => Assert.Single(group.Select(row => right[row]).Distinct()));
        }

        Refines(SplitKind.Random, SplitKind.Group);
        Refines(SplitKind.Group, SplitKind.Formula);
        Refines(SplitKind.Group, SplitKind.Prototype);
        Refines(SplitKind.Formula, SplitKind.ChemicalSystem);
    }

    [Fact]
    public void A_space_group_without_a_label_is_found_and_counted()
    {
        var salt = Example("NaCl");
        var keys = SplitKeys.Of(SplitKind.Prototype, [Labelled("a", salt, "225"), Labelled("b", salt, null), Labelled("c", salt, "0225")]);
        Assert.Equal(["AB|225", "AB|225", "AB|225"], keys.Keys.AsEnumerable());
        Assert.Equal((1, 0), (keys.SpaceGroupsFound, keys.WithoutSpaceGroup.Length));
        Assert.Equal(0, SplitKeys.Of(SplitKind.Group, [Labelled("b", salt, null)]).SpaceGroupsFound);
    }

    [Theory]
    [InlineData("Fm-3m")]
    [InlineData("0")]
    [InlineData("231")]
    [InlineData("225.0")]
    public void A_split_by_prototype_wants_numbers_of_space_groups(string label)
    {
        var fault = Assert.Throws<LabelException>(() => SplitKeys.Of(SplitKind.Prototype, [Labelled("mp-7", Example("NaCl"), label)]));
        Assert.Contains("mp-7", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{label}\"", fault.Message, StringComparison.Ordinal);
    }

    private static Crystal Example(string name) =>
        Assert.Single(CrystalSource.Read(Path.Combine(TestData.Examples, $"{name}.poscar"))).GetRecordOrThrow().Crystal;

    private static CrystalRecord Known(CrystalReadResult result)
    {
        var record = result.GetRecordOrThrow();
        return Labelled(record.Id, record.Crystal, $"{SymmetryFinder.Analyze(record.Crystal).SpaceGroupNumber}");
    }

    private static CrystalRecord Labelled(string id, Crystal crystal, string? spaceGroup) => new(
        id, crystal, spaceGroup is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["space_group"] = spaceGroup }, "file(7)");
}
