using Faithful.Crystals;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Datasets.Purification;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Purification;

public sealed class PurificationRuleTests
{
    private static readonly Element Copper = Element.FromSymbol("Cu");

    [Fact]
    public void The_default_thresholds_are_the_documented_ones()
    {
        var options = new PurificationOptions();
        options.Validate();
        Assert.Equal((59, 0.5, 2.0, 150.0), (options.MaximumAtoms, options.MinimumDistance, options.MinimumVolumePerAtom, options.MaximumVolumePerAtom));
        Assert.Equal((0.1, 5.0), (options.Symmetry.DistanceTolerance, options.Symmetry.AngleTolerance));
        Assert.Equal((null, 0.05, 0.05, 1.1, 0), (options.Label, options.LabelTolerance, options.DistortionTolerance, options.DistortionVolumeRatio, options.Threads));
        Assert.Equal(
            ["atoms_too_close", "volume_out_of_range", "no_symmetry", "not_primitive", "too_many_atoms", "repeated_id", "duplicate", "distorted_copy"],
            Purifier.Rules(options).Select(rule => rule.Name));
    }

    [Fact]
    public void All_faults_of_the_options_are_told_at_once()
    {
        var options = new PurificationOptions
        {
            Label = " ",
            LabelTolerance = double.NaN,
            MaximumAtoms = 0,
            MinimumDistance = -1,
            MinimumVolumePerAtom = -1,
            MaximumVolumePerAtom = -2,
            DistortionTolerance = 0.3,
            DistortionVolumeRatio = 0.9,
            Threads = -1,
        };
        var fault = Assert.Throws<ArgumentException>(options.Validate);
        Assert.Equal(
            "Label must be null or the name of a column; LabelTolerance must be at least 0; MaximumAtoms must be at least 1; "
            + "MinimumDistance must lie in 0..10 Å; MinimumVolumePerAtom must be at least 0 Å³; MaximumVolumePerAtom must exceed "
            + "MinimumVolumePerAtom; DistortionTolerance must lie in 0..0.2; DistortionVolumeRatio must be at least 1; "
            + "Threads must be positive, or 0 for all processors.",
            fault.Message);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_primitive_cell_has_fewer_than_sixty_atoms(int atoms, bool stays)
    {
        var crystal = new RandomCrystals(atoms).Crystal(atoms, skew: 0);
        var result = Purifier.Run([PlantedDataset.Record("large", crystal, null)], new() { MinimumVolumePerAtom = 0, MinimumDistance = 0 });
        Assert.Equal(stays ? 1 : 0, result.Kept.Length);
        Assert.Equal(stays ? 0 : 1, result.Removed.Count(removed => removed.Rule == "too_many_atoms"));
    }

    [Fact]
    public void A_large_cell_of_a_small_crystal_is_reduced_and_stays()
    {
        var crystal = new Crystal(Lattice.Cubic(2.9), [Copper], [default]).Supercell(4, 4, 4);
        var result = Purifier.Run([PlantedDataset.Record("copper", crystal, null)]);
        Assert.Equal(1, Assert.Single(result.Kept).Crystal.Count);
        Assert.Equal("64 atoms reduced to 1", Assert.Single(result.Changed).Change);
    }

    [Theory]
    [InlineData(0.499, false)]
    [InlineData(0.501, true)]
    public void Atoms_are_half_an_angstrom_apart(double distance, bool stays)
    {
        var crystal = new Crystal(Lattice.Cubic(4), [Copper, Copper], [default, new(distance / 4, 0, 0)]);
        var verdict = new AtomDistanceRule(0.5).Judge(Examined(crystal));
        Assert.Equal(stays, verdict.Crystal is not null);
        Assert.Equal(stays ? null : "atoms 1 and 2 are only 0.499 Å apart", verdict.Reason);
    }

    [Fact]
    public void An_atom_can_be_too_close_to_its_own_image()
    {
        var crystal = new Crystal(new Lattice(new(0.4, 0, 0), new(0, 9, 0), new(0, 0, 9)), [Copper], [default]);
        Assert.Equal("atom 1 and its own image are only 0.400 Å apart", new AtomDistanceRule(0.5).Judge(Examined(crystal)).Reason);
    }

    [Theory]
    [InlineData(1.99, false)]
    [InlineData(2.01, true)]
    [InlineData(149.9, true)]
    [InlineData(150.1, false)]
    public void The_volume_of_an_atom_is_that_of_a_solid(double volume, bool stays)
    {
        var crystal = new Crystal(Lattice.Cubic(Math.Cbrt(volume)), [Copper], [default]);
        var verdict = new VolumePerAtomRule(2, 150).Judge(Examined(crystal));
        Assert.Equal(stays, verdict.Crystal is not null);
        Assert.Equal(stays, verdict.Reason is null);
    }

    [Property(MaxTest = 20, Replay = "(61,1)")]
    public void The_reduced_cell_is_the_same_crystal(int seed)
    {
        var random = new RandomCrystals(seed);
        var crystal = random.Crystal(random.Integer(2, 6), skew: 0);
        var options = new SymmetryOptions { DistanceTolerance = 0.01 };
        var supercell = Examined(random.Redescribe(crystal.Supercell(random.Integer(1, 3), 2, random.Integer(1, 2))));
        var found = new SymmetryRule(options).Judge(supercell).Crystal!;
        var reduced = new PrimitiveCellRule(options).Judge(found).Crystal!;
        Assert.Equal(crystal.Count, reduced.Crystal.Count);
        Assert.InRange(DistanceFingerprint.Of(crystal).DistanceTo(DistanceFingerprint.Of(reduced.Crystal)), 0, 1e-5);
        Assert.Equal(crystal.VolumePerAtom, reduced.Crystal.VolumePerAtom, 1e-6 * crystal.VolumePerAtom);
        Assert.Equal(SymmetryFinder.Analyze(reduced.Crystal, options).SpaceGroupNumber, reduced.SpaceGroup);
        Assert.Single(reduced.Changes);
        Assert.Empty(new PrimitiveCellRule(options).Judge(Examined(reduced.Crystal)).Crystal!.Changes);
    }

    [Fact]
    public void Ids_are_ordered_as_people_count()
    {
        string[] ordered = ["", "-5", "0", "00", "7", "07", "10", "a", "mp-9", "mp-10", "mp-10-1", "mp-10a", "mp-99999999999999999999999", "mvc-1"];
        for (var seed = 0; seed < 50; seed++)
        {
            var shuffled = new RandomCrystals(seed).Permutation(ordered.Length).Select(place => ordered[place]);
            Assert.Equal(ordered.OrderBy(id => id, NaturalOrder.Instance), shuffled.OrderBy(id => id, NaturalOrder.Instance));
        }

        Assert.Equal(["mp-9", "mp-10", "mp-10-1", "mp-10a"], new[] { "mp-10a", "mp-10-1", "mp-10", "mp-9" }.Order(NaturalOrder.Instance));
    }

    [Property(MaxTest = 200, Replay = "(62,1)")]
    public void The_order_of_ids_is_total(int seed)
    {
        var random = new RandomCrystals(seed);
        string Any() => string.Concat(Enumerable.Range(0, random.Integer(0, 4)).Select(_ => "019a-"[random.Integer(0, 4)]));
        var (a, b, c) = (Any(), Any(), Any());
        var order = NaturalOrder.Instance;
        Assert.Equal(a == b, order.Compare(a, b) == 0);
        Assert.Equal(Math.Sign(order.Compare(a, b)), -Math.Sign(order.Compare(b, a)));
        if (order.Compare(a, b) <= 0 && order.Compare(b, c) <= 0)
        {
            Assert.True(order.Compare(a, c) <= 0);
        }
    }

    private static ExaminedCrystal Examined(Crystal crystal) => new(0, PlantedDataset.Record("any", crystal, null));
}
