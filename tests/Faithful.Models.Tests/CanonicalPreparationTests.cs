using Faithful.Crystals;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Models.Tests;

public class CanonicalPreparationTests
{
    private static readonly PreparationOptions Options = new() { Cell = CellChoice.Canonical };

    [Fact]
    public void A_crystal_gives_the_same_arrays_but_for_the_origin_however_it_is_described()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new RandomCrystals(seed);
            Crystal crystal = random.Crystal();
            CellComparison difference = CellComparison.Of(Prepared(crystal, Options), Prepared(random.Redescribe(crystal), Options));
            Assert.True(difference is { Lattice: < 1e-5, Fractions: < 1e-5 }, $"seed {seed}: {difference}");
        }
    }

    [SkippableFact]
    public void With_the_symmetry_finder_a_supercell_gives_the_same_arrays_too()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        PreparationOptions options = Options with { UsesSymmetry = true };
        foreach (Crystal crystal in new[] { RockSalt, Perovskite })
        {
            for (int seed = 0; seed < 20; seed++)
            {
                var random = new RandomCrystals(seed);
                Crystal other = random.Redescribe(crystal.Supercell(1, random.Integer(1, 2), random.Integer(1, 3)));
                CellComparison difference = CellComparison.Of(Prepared(crystal, options), Prepared(other, options));
                Assert.True(difference is { Lattice: < 1e-4, Fractions: < 1e-4 }, $"seed {seed}: {difference}");
            }
        }
    }

    [Fact]
    public void Cells_as_they_are_given_stay_as_they_are()
    {
        Crystal crystal = new RandomCrystals(5).Crystal(atoms: 7, skew: 3);
        PreparedCrystal prepared = CrystalPreparation.Prepare(crystal, new PreparationOptions());
        Vector3D[] rows = [crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C];
        Assert.Equal(rows.SelectMany(row => new[] { (float)row.X, (float)row.Y, (float)row.Z }), prepared.Lattice);
    }

    /// <summary>The space group would give the answer of some tasks away, and so would the primitive cell.</summary>
    [Theory]
    [InlineData(CellChoice.AsGiven)]
    [InlineData(CellChoice.Canonical)]
    public void Without_symmetry_the_arrays_hold_nothing_of_it(CellChoice cell)
    {
        foreach (Crystal crystal in new[] { RockSalt, Perovskite, RockSalt.Supercell(2, 1, 1), Perovskite.Supercell(1, 2, 2) })
        {
            PreparedCrystal prepared = CrystalPreparation.Prepare(crystal, Options with { Cell = cell, Cutoff = 4 });
            Assert.Equal(crystal.Count, prepared.Atoms);
            Assert.Equal(0, prepared.SpaceGroup);
            Assert.All(prepared.SiteSymmetries, site => Assert.Equal(0, site));
            Assert.Equal(crystal.Lattice.Volume, Cell(prepared).Lattice.Volume, 1e-4);
        }
    }

    [Theory]
    [InlineData(CellChoice.AsGiven)]
    [InlineData(CellChoice.Canonical)]
    public void Without_symmetry_the_arrays_are_the_same_on_a_machine_without_the_symmetry_finder(CellChoice cell)
    {
        using var elsewhere = new WithoutSpglib();
        Assert.False((bool)elsewhere.Invoke(typeof(CanonicalPreparationTests), nameof(HasSymmetryFinder))!);
        Assert.Equal(ArraysWithoutSymmetry(cell.ToString()), elsewhere.Invoke(typeof(CanonicalPreparationTests), nameof(ArraysWithoutSymmetry), cell.ToString()));
    }

    /// <summary>Whatever hint of the symmetry a cell might hold, a crystal that has lost it a little must look nearly the same.</summary>
    [Fact]
    public void Without_symmetry_a_distorted_crystal_gives_nearly_the_same_arrays()
    {
        foreach (Crystal crystal in new[] { RockSalt, Perovskite, Perovskite.Supercell(1, 1, 2) })
        {
            for (int seed = 0; seed < 20; seed++)
            {
                var random = new RandomCrystals(seed);
                var distorted = new Crystal(
                    crystal.Lattice,
                    crystal.Species,
                    crystal.FractionalPositions.Select(position => position + crystal.Lattice.ToFractional(random.Vector(-0.02, 0.02))));
                CellComparison difference = CellComparison.Of(Prepared(crystal, Options), Prepared(random.Redescribe(distorted), Options));
                Assert.True(difference is { Lattice: < 1e-4, Fractions: < 0.035 }, $"seed {seed}: {difference}");
            }
        }
    }

    private static Crystal RockSalt => new(
        Lattice.FromParameters(4, 4, 4, 60, 60, 60), [Element.FromSymbol("Na"), Element.FromSymbol("Cl")], [default, new(0.5, 0.5, 0.5)]);

    private static Crystal Perovskite => new(
        Lattice.Cubic(3.9),
        [.. new[] { "Sr", "Ti", "O", "O", "O" }.Select(Element.FromSymbol)],
        [default, new(0.5, 0.5, 0.5), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new Vector3D(0.5, 0.5, 0)]);

    private static Crystal Prepared(Crystal crystal, PreparationOptions options) => Cell(CrystalPreparation.Prepare(crystal, options));

    private static Crystal Cell(PreparedCrystal prepared)
    {
        Assert.Null(prepared.FallbackReason);
        Vector3D[] rows = [.. prepared.Lattice.Chunk(3).Select(row => new Vector3D(row[0], row[1], row[2]))];
        return new Crystal(
            new Lattice(rows[0], rows[1], rows[2]),
            prepared.AtomicNumbers.Select(number => Element.FromAtomicNumber(number)),
            prepared.Positions.Chunk(3).Select(position => new Vector3D(position[0], position[1], position[2])));
    }

    private static bool HasSymmetryFinder() => SymmetryFinder.TryGetVersion(out _, out _);

    private static string ArraysWithoutSymmetry(string cell) => string.Join('\n', new[] { RockSalt, Perovskite, new RandomCrystals(8).Redescribe(Perovskite) }.Select(crystal =>
    {
        PreparedCrystal prepared = CrystalPreparation.Prepare(crystal, Options with { Cell = Enum.Parse<CellChoice>(cell), Cutoff = 4 });
        return $"{string.Join(' ', prepared.Lattice)} {string.Join(' ', prepared.Positions)} {string.Join(' ', prepared.EdgeSource)}";
    }));
}
