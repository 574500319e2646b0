using Faithful.Crystals;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Models.Tests;

/// <summary>Expansion of prepared crystals: the same as preparing the expanded crystal, without another search.</summary>
public sealed class PreparedExpansionTests
{
    private const double Cutoff = 5;

    [Fact]
    public void Expanding_a_prepared_crystal_is_preparing_the_expanded_one()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Crystal crystal = new RandomCrystals(seed).Crystal();
            foreach (double factor in new[] { 1, 1.01, 1.3, 2, 3.7 })
            {
                AssertSame(
                    CrystalPreparation.Prepare(crystal.Expand(factor), new PreparationOptions { Cutoff = Cutoff }),
                    CrystalPreparation.Prepare(crystal, new PreparationOptions { Cutoff = Cutoff }).Expand(factor, Cutoff));
            }
        }
    }

    [SkippableFact]
    public void Symmetry_stays_as_it_is_when_tolerances_grow_with_the_crystal()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        var options = new PreparationOptions { Cutoff = Cutoff, UsesSymmetry = true };
        foreach (string file in Directory.EnumerateFiles(TestData.Examples, "*.poscar"))
        {
            Crystal crystal = Assert.Single(Faithful.Crystals.Formats.CrystalSource.Read(file)).Record!.Crystal;
            AssertSame(
                CrystalPreparation.Prepare(crystal.Expand(3), options with { DistanceTolerance = 3 * options.DistanceTolerance }),
                CrystalPreparation.Prepare(crystal, options).Expand(3, Cutoff));
        }
    }

    [Fact]
    public void Fractions_stay_the_volume_grows_and_far_apart_no_atom_has_a_neighbour()
    {
        PreparedCrystal crystal = CrystalPreparation.Prepare(new RandomCrystals(3).Crystal(atoms: 6), new PreparationOptions { Cutoff = Cutoff });
        PreparedCrystal far = crystal.Expand(10, Cutoff);
        Assert.Same(crystal.Positions, far.Positions);
        Assert.Equal(crystal.AtomicNumbers, far.AtomicNumbers);
        Assert.Equal(crystal.Lattice.Select(component => 10 * component), far.Lattice);
        Assert.True(crystal.Edges > 0);
        Assert.Equal((0, 0, 0), (far.Edges, far.EdgeTarget.Length, far.EdgeImage.Length));
    }

    [Fact]
    public void What_cannot_be_expanded_is_said()
    {
        PreparedCrystal crystal = CrystalPreparation.Prepare(new RandomCrystals(3).Crystal(), new PreparationOptions());
        Assert.Same(crystal, crystal.Expand(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Expand(0.9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Expand(double.NaN, 0));
        Assert.Throws<InvalidOperationException>(() => PreparedCrystal.Described([1], 1).Expand(2, 0));
        PreparedCrystal fallback = PreparedCrystal.Fallback("too large");
        Assert.Same(fallback, fallback.Expand(2, 0));
    }

    private static void AssertSame(PreparedCrystal expected, PreparedCrystal found)
    {
        Assert.Equal(expected.AtomicNumbers, found.AtomicNumbers);
        Assert.All(expected.Positions.Zip(found.Positions), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal((expected.SpaceGroup, expected.FallbackReason), (found.SpaceGroup, found.FallbackReason));
        Assert.Equal(expected.SiteSymmetries, found.SiteSymmetries);
        Assert.All(expected.Lattice.Zip(found.Lattice), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(Edges(expected), Edges(found));
    }

    private static IEnumerable<(int, int, int, int, int)> Edges(PreparedCrystal crystal) => Enumerable.Range(0, crystal.Edges)
        .Select(edge => (crystal.EdgeTarget[edge], crystal.EdgeSource[edge], (int)crystal.EdgeImage[3 * edge], (int)crystal.EdgeImage[3 * edge + 1], (int)crystal.EdgeImage[3 * edge + 2]))
        .Order();
}
