using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Symmetry;

/// <summary>The short way to a space group says what the long one says, or says nothing.</summary>
public sealed class OperationSearchTests
{
    private static readonly SymmetryOptions Defaults = new();

    [Fact]
    public void Prototypes_however_described_get_the_answer_of_spglib()
    {
        var found = 0;
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            for (var seed = 0; seed < 6; seed++)
            {
                var primitive = SymmetryFinder.Primitive(crystal, Defaults);
                found += AssertAgrees(new RandomCrystals(seed).Redescribe(seed % 2 == 0 ? primitive : primitive.Invert()), $"{name}, seed {seed}");
            }
        }

        Assert.True(found > 3 * Prototypes.All().Count(), $"only {found} crystals took the short way");
    }

    [Fact]
    public void A_displacement_near_the_tolerance_is_left_to_spglib()
    {
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            var primitive = SymmetryFinder.Primitive(crystal, Defaults);
            if (primitive.Count < 3)
            {
                continue; // two atoms that move against each other may be as symmetric as before
            }

            foreach (var displacement in new[] { 0.01, 0.03, 0.08, 0.12, 0.2, 0.5 })
            {
                var shift = primitive.Lattice.ToFractional(new RandomCrystals(7).Rotation().Apply(new Vector3D(displacement, 0, 0)));
                var moved = new Crystal(
                    primitive.Lattice,
                    primitive.Species,
                    primitive.FractionalPositions.SetItem(0, primitive.FractionalPositions[0] + shift));
                AssertAgrees(moved, $"{name} with an atom moved by {displacement} Å");
            }
        }
    }

    [Fact]
    public void Cells_that_are_not_primitive_are_not_taken_for_primitive_ones()
    {
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            Assert.True(OperationSearch.Find(crystal.Supercell(1, 1, 2), Defaults) is null, name);
        }
    }

    /// <summary>Conventional cells have all operations of the crystal, most supercells have fewer; either must not be mistaken for the other.</summary>
    [Fact]
    public void Cells_that_are_not_primitive_get_the_answer_of_spglib()
    {
        var (found, centred) = (0, 0);
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            var conventional = SymmetryFinder.Conventional(crystal, Defaults);
            var random = new RandomCrystals(3);
            Crystal[] cells =
            [
                conventional, random.Redescribe(conventional), conventional.Invert(), crystal.Supercell(2, 1, 1), conventional.Supercell(1, 1, 2),
                random.Redescribe(crystal.Supercell(1, 2, 2)), crystal.Supercell(2, 2, 2), crystal.Supercell(3, 1, 1),
            ];
            foreach (var cell in cells)
            {
                AssertAgrees(cell, name);
                found += CentredSearch.Find(cell, Defaults) is null ? 0 : 1;
            }

            centred += CentredSearch.Find(conventional, Defaults) is null ? 0 : 1;
            Assert.True(CentredSearch.Find(SymmetryFinder.Primitive(crystal, Defaults), Defaults) is null, name);
        }

        Assert.True(found > 20 && centred > 3, $"only {found} cells took the short way, and {centred} conventional ones");
    }

    [Fact]
    public void A_conventional_cell_with_a_displacement_near_the_tolerance_gets_the_answer_of_spglib()
    {
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            var cell = SymmetryFinder.Conventional(crystal, Defaults);
            foreach (var displacement in new[] { 0.002, 0.01, 0.03, 0.08, 0.12, 0.2, 0.5 })
            {
                var shift = cell.Lattice.ToFractional(new RandomCrystals(7).Rotation().Apply(new Vector3D(displacement, 0, 0)));
                AssertAgrees(
                    new Crystal(cell.Lattice, cell.Species, cell.FractionalPositions.SetItem(0, cell.FractionalPositions[0] + shift)),
                    $"{name} with an atom moved by {displacement} Å");
            }
        }
    }

    [SkippableFact]
    public void Real_crystals_get_the_answer_of_spglib()
    {
        Skip.IfNot(TestData.TryFind("datasets/materials.jsonl.gz", out var path, out var reason), reason);
        var (found, all) = (0, 0);
        foreach (var record in CrystalSource.Read(path).Where((_, row) => row % 500 == 0).Select(result => result.GetRecordOrThrow()))
        {
            all++;
            found += AssertAgrees(record.Crystal, record.Id);
            if (all % 3 == 0)
            {
                AssertAgrees(SymmetryFinder.Conventional(record.Crystal, Defaults), $"conventional cell of {record.Id}");
            }
        }

        Assert.True(found > all / 2, $"{found} of {all} took the short way");
    }

    [Theory]
    [MemberData(nameof(SpaceGroupNumbers))]
    public void A_point_group_is_told_from_its_rotations(int spaceGroup)
    {
        int[][] rotations =
        [
            .. SpaceGroupOperations.InStandardSetting(spaceGroup).Select(operation => operation.Rotation.ToArray())
                .DistinctBy(rotation => string.Join(' ', rotation)),
        ];
        int[] all = [.. rotations.SelectMany(rotation => rotation)];
        Assert.Equal(SpaceGroups.PointGroupNumber(spaceGroup), PointGroupTypes.NumberOf(all, rotations.Length));
        if (rotations.Length > 2)
        {
            Assert.Equal(0, PointGroupTypes.NumberOf(all, rotations.Length - 1)); // one is missing: no group
        }
    }

    public static TheoryData<int> SpaceGroupNumbers() => [.. Enumerable.Range(1, SpaceGroups.Count)];

    private static int AssertAgrees(Crystal crystal, string name)
    {
        var symmetry = SymmetryFinder.Analyze(crystal, Defaults);
        var expected = SymmetryFinder.AnalyzeWithSpglib(crystal, Defaults);
        Assert.True(expected.SpaceGroupNumber == symmetry.SpaceGroupNumber, $"{name}: {expected.SpaceGroupNumber}, found {symmetry.SpaceGroupNumber}");
        Assert.Equal(expected.InternationalSymbol, symmetry.InternationalSymbol);
        Assert.Equal(expected.OperationCount, symmetry.OperationCount);
        Assert.Equal(expected.IsPrimitive, symmetry.IsPrimitive);
        Assert.Equal(expected.SitePointGroups.AsEnumerable(), symmetry.SitePointGroups);
        Assert.Equal(expected.EquivalentAtoms.AsEnumerable(), symmetry.EquivalentAtoms);
        Assert.Equal(expected.HallNumber, symmetry.HallNumber);
        Assert.Equal(expected.WyckoffLetters.AsEnumerable(), symmetry.WyckoffLetters);
        if (!symmetry.IsPrimitive)
        {
            AssertSamePrimitive(SymmetryFinder.Primitive(crystal, Defaults), SymmetryFinder.Analyze(crystal, Defaults).StandardPrimitive, name);
            AssertSamePrimitive(SymmetryFinder.Primitive(crystal, Defaults), symmetry.StandardPrimitive, name);
        }

        return OperationSearch.Find(crystal, Defaults) is null ? 0 : 1;
    }

    // Rounding is all that versions of spglib may differ by.
    private static void AssertSamePrimitive(Crystal expected, Crystal found, string name)
    {
        Assert.Equal(expected.Species.AsEnumerable(), found.Species);
        var (a, b) = (expected.Lattice, found.Lattice);
        Assert.True((a.A - b.A).Length + (a.B - b.B).Length + (a.C - b.C).Length < 1e-11, name);
        Assert.All(expected.FractionalPositions.Zip(found.FractionalPositions), pair => Assert.True((pair.First - pair.Second).Length < 1e-11, name));
    }
}
