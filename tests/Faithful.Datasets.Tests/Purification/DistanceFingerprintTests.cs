using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Datasets.Purification;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Purification;

public sealed class DistanceFingerprintTests
{
    private const double Rounding = 1e-5; // of distances in single precision

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 40, Replay = "(51,1)")]
    public void It_is_the_same_for_every_description_and_for_the_mirror_image(SeededCrystal seeded)
    {
        var (random, fingerprint) = (seeded.Random(), DistanceFingerprint.Of(seeded.Crystal));
        Assert.InRange(fingerprint.DistanceTo(DistanceFingerprint.Of(random.Redescribe(seeded.Crystal))), 0, Rounding);
        Assert.InRange(fingerprint.DistanceTo(DistanceFingerprint.Of(seeded.Crystal.Invert())), 0, Rounding);
    }

    /// <summary>So no distortion below half the tolerance is ever missed.</summary>
    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 40, Replay = "(52,1)")]
    public void It_moves_no_farther_than_two_atoms_do(SeededCrystal seeded)
    {
        var random = seeded.Random();
        var length = random.Uniform(0.01, 0.3); // Å
        var moved = DistanceFingerprint.Of(random.Redescribe(PlantedDataset.Distort(seeded.Crystal, random, length)));
        var spacing = Math.Cbrt(seeded.Crystal.VolumePerAtom);
        var distance = DistanceFingerprint.Of(seeded.Crystal).DistanceTo(moved);
        Assert.InRange(distance, 0, (2 * length / spacing) + Rounding);
        Assert.True(DistanceFingerprint.Of(seeded.Crystal).IsWithin(moved, distance + Rounding));
        Assert.False(DistanceFingerprint.Of(seeded.Crystal).IsWithin(moved, distance - Rounding));
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 20, Replay = "(53,1)")]
    public void It_does_not_depend_on_the_volume(SeededCrystal seeded)
    {
        var (crystal, lattice, factor) = (seeded.Crystal, seeded.Crystal.Lattice, 1.07);
        var larger = new Crystal(new Lattice(lattice.A * factor, lattice.B * factor, lattice.C * factor), crystal.Species, crystal.FractionalPositions);
        Assert.InRange(DistanceFingerprint.Of(crystal).DistanceTo(DistanceFingerprint.Of(larger)), 0, Rounding);
    }

    /// <summary>Structure types of one composition and cell size that have the same coordination, or even the same sites.</summary>
    [Theory]
    [InlineData("full Heusler", "inverse Heusler")]
    [InlineData("hcp", "two cells of fcc")]
    [InlineData("rock salt", "zinc blende")]
    public void Different_structures_are_far_apart(string structure, string other) =>
        Assert.InRange(DistanceFingerprint.Of(Build(structure)).DistanceTo(DistanceFingerprint.Of(Build(other))), 0.1, 10);

    [Fact]
    public void A_chain_of_pairs_is_one_group_and_breaks_where_a_crystal_is_gone()
    {
        ExaminedCrystal[] crystals = [.. Enumerable.Range(0, 6).Select(index => new ExaminedCrystal(index, PlantedDataset.Record($"{index}", Build("hcp"), null)))];
        for (var seed = 0; seed < 20; seed++)
        {
            (int, int)[] pairs = [(0, 1), (1, 2), (2, 3), (4, 5)];
            var relation = new PairRelation([.. new RandomCrystals(seed).Permutation(4).Select(place => pairs[place])]);
            Assert.Equal([[0, 1, 2, 3], [4, 5]], Groups(relation, crystals));
            Assert.Equal([[0, 1], [4, 5]], Groups(relation, [.. crystals.Where(crystal => crystal.Index != 2)]));
            Assert.Empty(Groups(relation, [crystals[0], crystals[2], crystals[4]]));
        }
    }

    [Fact]
    public void Enantiomorphs_are_one_material_though_their_space_groups_differ()
    {
        var quartz = CrystalSource.Read(Path.Combine(TestData.Examples, "SiO2-quartz.poscar")).Single().GetRecordOrThrow();
        var mirrored = quartz with { Id = "mirrored", Crystal = quartz.Crystal.Invert() };
        Assert.NotEqual(SymmetryFinder.Analyze(quartz.Crystal).SpaceGroupNumber, SymmetryFinder.Analyze(mirrored.Crystal).SpaceGroupNumber);
        var removed = Assert.Single(Purifier.Run([quartz, mirrored]).Removed);
        Assert.Equal(("distorted_copy", 1), (removed.Rule, removed.Duplicates.Length));
    }

    [Fact]
    public void The_tolerance_decides_which_strained_crystals_are_copies()
    {
        // Strains of tetragonal caesium chloride, each 4 % from the next.
        CrystalRecord Strained(string id, double ratio, string label) => PlantedDataset.Record(
            id,
            new Crystal(Lattice.Tetragonal(3.5, 3.5 * ratio), [Element.FromSymbol("Cs"), Element.FromSymbol("Cl")], [default, new(0.5, 0.5, 0.5)]),
            label);
        List<CrystalRecord> chain = [Strained("c-1", 1.0, "1"), Strained("c-2", 1.04, "1"), Strained("c-3", 1.08, "1")];
        var options = new PurificationOptions { Label = PlantedDataset.Label, DistortionTolerance = 0.1 };
        // c-2 and c-3 share their space group, so first one of them goes; the one that stays is near the cubic crystal.
        Assert.Equal(["c-1"], Purifier.Run(chain, options).Kept.Select(record => record.Id));
        Assert.Equal(["c-1", "c-2"], Purifier.Run(chain, options with { DistortionTolerance = 0 }).Kept.Select(record => record.Id));
        Assert.Equal(["c-1", "c-2"], Purifier.Run(chain, options with { DistortionTolerance = 0.01 }).Kept.Select(record => record.Id));
        chain[0] = Strained("c-1", 1.0, "2");
        Assert.Empty(Purifier.Run(chain, options).Kept);
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 20, Replay = "(54,1)")]
    public void Being_copies_is_mutual(SeededCrystal seeded)
    {
        var random = seeded.Random();
        var rule = new DistortedCopyRule(0.05, 1.1);
        var one = new ExaminedCrystal(0, PlantedDataset.Record("1", seeded.Crystal, null));
        var other = new ExaminedCrystal(1, PlantedDataset.Record("2", PlantedDataset.Distort(seeded.Crystal, random, random.Uniform(0.01, 0.3)), null));
        Assert.True(rule.AreCopies(one, one));
        Assert.Equal(rule.AreCopies(one, other), rule.AreCopies(other, one));
    }

    private static IEnumerable<int[]> Groups(PairRelation relation, ExaminedCrystal[] present) =>
        relation.Groups(present).Select(group => group.Select(crystal => crystal.Index).Order().ToArray()).OrderBy(group => group[0]);

    private static Crystal Build(string structure)
    {
        Lattice FaceCentred(double a) => new(new(0, a / 2, a / 2), new(a / 2, 0, a / 2), new(a / 2, a / 2, 0));
        Vector3D Diagonal(double fraction) => new(fraction, fraction, fraction);
        Element E(string symbol) => Element.FromSymbol(symbol);
        return structure switch
        {
            "rock salt" => new(FaceCentred(5.6), [E("Na"), E("Cl")], [Diagonal(0), Diagonal(0.5)]),
            "zinc blende" => new(FaceCentred(5.6), [E("Na"), E("Cl")], [Diagonal(0), Diagonal(0.25)]),
            "full Heusler" => new(FaceCentred(6), [E("Cu"), E("Cu"), E("Mn"), E("Al")], [Diagonal(0.25), Diagonal(0.75), Diagonal(0), Diagonal(0.5)]),
            "inverse Heusler" => new(FaceCentred(6), [E("Cu"), E("Cu"), E("Mn"), E("Al")], [Diagonal(0.25), Diagonal(0), Diagonal(0.75), Diagonal(0.5)]),
            "hcp" => new(Lattice.Hexagonal(3.2, 3.2 * Math.Sqrt(8.0 / 3)), [E("Mg"), E("Mg")], [new(1 / 3.0, 2 / 3.0, 0.25), new(2 / 3.0, 1 / 3.0, 0.75)]),
            "two cells of fcc" => new Crystal(FaceCentred(4.5), [E("Mg")], [default]).Supercell(2, 1, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(structure), structure, null),
        };
    }
}
