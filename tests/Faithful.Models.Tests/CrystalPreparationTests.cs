using Faithful.Crystals;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Models.Tests.Packing;
using Faithful.Testing;

namespace Faithful.Models.Tests;

public class CrystalPreparationTests
{
    private static readonly PreparationOptions Options = new() { Cutoff = 5 };

    /// <summary>Networks compute lengths from positions, images and lattice: all three must speak of the same cell.</summary>
    [Theory]
    [InlineData(CellChoice.AsGiven)]
    [InlineData(CellChoice.Canonical)]
    public void Edges_have_the_lengths_of_the_neighbour_search(CellChoice cell)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Crystal crystal = new RandomCrystals(seed).Crystal();
            double[] expected = [.. NeighborSearch.Find(crystal, Options.Cutoff).Distances.Order()];
            double[] found = [.. Lengths(CrystalPreparation.Prepare(crystal, Options with { Cell = cell })).Order()];
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4)); // float32 of cells of up to 100 Å
        }
    }

    [Fact]
    public void Positions_lie_in_the_cell_and_edges_ascend_by_target()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            PreparedCrystal prepared = CrystalPreparation.Prepare(new RandomCrystals(seed).Crystal(), Options);
            Assert.All(prepared.Positions, position => Assert.True(position is >= 0 and < 1));
            Assert.Equal(prepared.EdgeTarget.Order(), prepared.EdgeTarget);
        }
    }

    [Fact]
    public void A_coordinate_just_below_one_stays_below_one()
    {
        var crystal = new Crystal(Lattice.Cubic(4), [Element.FromSymbol("Cu")], [new Vector3D(1 - 1e-12, 0.5, 0.25)]);
        Assert.All(CrystalPreparation.Prepare(crystal, Options).Positions, position => Assert.True(position < 1));
    }

    [Fact]
    public void With_the_symmetry_finder_a_supercell_becomes_the_primitive_cell_again()
    {
        var iron = new Crystal(Lattice.Cubic(2.87), [Element.FromSymbol("Fe"), Element.FromSymbol("Fe")], [default, new Vector3D(0.5, 0.5, 0.5)]);
        PreparedCrystal prepared = CrystalPreparation.Prepare(iron.Supercell(2, 2, 1), Options with { UsesSymmetry = true });
        Assert.Equal(1, prepared.Atoms);
        Assert.Equal(229, prepared.SpaceGroup);
        Assert.Equal(0, CrystalPreparation.Prepare(iron, Options).SpaceGroup);
    }

    /// <summary>Several models ask for one crystal: what one has found does not change what the next is given.</summary>
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Preparations_that_share_a_source_are_those_of_the_crystal_alone(int cells)
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        PreparationOptions[] all =
        [
            Options with { UsesSymmetry = true },
            Options with { UsesSymmetry = true, Cell = CellChoice.Canonical },
            Options,
            Options with { UsesSymmetry = true, DistanceTolerance = 0.01 },
            Options with { UsesSymmetry = true, MaxAtoms = 1 },
            PreparationOptions.OfDescriptors(DescriptorSet.All[0]),
        ];
        for (int seed = 0; seed < 10; seed++)
        {
            Crystal crystal = (seed < 5 ? new RandomCrystals(seed).Crystal() : Diamond()).Supercell(cells, 1, 1);
            var source = new PreparationSource(crystal);
            foreach (PreparationOptions options in all.Skip(seed % all.Length).Concat(all.Take(seed % all.Length)))
            {
                (PreparedCrystal expected, PreparedCrystal found) = (CrystalPreparation.Prepare(crystal, options), source.Prepare(options));
                PackedSamples.AssertEqual(expected, found);
                Assert.Equal(expected.Descriptors, found.Descriptors);
            }
        }
    }

    /// <summary>Diamond: one kind of site, whatever the cell, −43m (31 of the 32 point groups of the International Tables).</summary>
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_the_symmetry_finder_atoms_know_the_symmetry_of_their_site(int repetitions)
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        Crystal crystal = Diamond().Supercell(repetitions, 1, 1);
        Assert.Equal([31, 31], CrystalPreparation.Prepare(crystal, Options with { UsesSymmetry = true }).SiteSymmetries);
        Assert.All(CrystalPreparation.Prepare(crystal, Options).SiteSymmetries, site => Assert.Equal(0, site));
    }

    /// <summary>Perovskite: the sites differ by species, so the canonical order must take them along.</summary>
    [SkippableFact]
    public void Site_symmetries_follow_the_atoms_into_canonical_order()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        Vector3D[] oxygens = [new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0)];
        var perovskite = new Crystal(
            Lattice.Cubic(3.9),
            [.. new[] { "Sr", "O", "O", "Ti", "O" }.Select(Element.FromSymbol)],
            [default, oxygens[0], oxygens[1], new(0.5, 0.5, 0.5), oxygens[2]]);
        foreach (Crystal crystal in new[] { perovskite, perovskite.Supercell(1, 2, 1), new RandomCrystals(3).Redescribe(perovskite) })
        {
            foreach (CellChoice cell in Enum.GetValues<CellChoice>())
            {
                PreparedCrystal prepared = CrystalPreparation.Prepare(crystal, Options with { UsesSymmetry = true, Cell = cell });
                Assert.Equal([8, 8, 8, 22, 38], prepared.AtomicNumbers);
                Assert.Equal([15, 15, 15, 32, 32], prepared.SiteSymmetries); // 4/mmm and m-3m
            }
        }
    }

    [Theory]
    [InlineData(3, 100_000, "at most 3")]
    [InlineData(400, 10, "at most 10")]
    public void A_crystal_beyond_the_limits_is_a_fallback_with_its_reason(int maxAtoms, int maxEdges, string reason)
    {
        PreparedCrystal prepared = CrystalPreparation.Prepare(
            new RandomCrystals(1).Crystal(atoms: 6), Options with { MaxAtoms = maxAtoms, MaxEdges = maxEdges });
        Assert.Contains(reason, prepared.FallbackReason, StringComparison.Ordinal);
        Assert.Equal(0, prepared.Atoms);
    }

    /// <summary>Twelve atoms of oxygen, four of titanium, four of strontium: perovskite, four times.</summary>
    [Theory]
    [InlineData(0, new int[0], null)]
    [InlineData(3, new[] { 12, 4, 4, 1 }, null)]
    [InlineData(2, new int[0], "3 species in the cell; the model takes at most 2")]
    [InlineData(0, new[] { 11 }, "12 atoms of O, the most common species, in the cell; the model takes at most 11")]
    [InlineData(0, new[] { 12, 3 }, "4 atoms of Ti, number 2 of the species by count, in the cell; the model takes at most 3")]
    [InlineData(0, new[] { 99, 99, 3 }, "4 atoms of Sr, number 3 of the species by count, in the cell; the model takes at most 3")]
    public void A_crystal_with_too_many_species_or_atoms_of_one_is_a_fallback_with_its_reason(int maxSpecies, int[] maxAtomsOfSpecies, string? reason)
    {
        Vector3D[] oxygens = [new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0)];
        var perovskite = new Crystal(
            Lattice.Cubic(3.9), [.. new[] { "Sr", "Ti", "O", "O", "O" }.Select(Element.FromSymbol)], [default, new(0.5, 0.5, 0.5), .. oxygens]);
        PreparedCrystal prepared = CrystalPreparation.Prepare(
            perovskite.Supercell(2, 2, 1), Options with { MaxSpecies = maxSpecies, MaxAtomsOfSpecies = maxAtomsOfSpecies });
        Assert.Equal(reason, prepared.FallbackReason);
        Assert.Equal(reason is null ? 20 : 0, prepared.Atoms);
    }

    [Fact]
    public void A_model_without_edges_gets_none() => Assert.Equal(0, CrystalPreparation.Prepare(new RandomCrystals(2).Crystal(), new PreparationOptions()).Edges);

    private static Crystal Diamond()
    {
        Vector3D[] corners = [default, new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)];
        return new Crystal(
            Lattice.Cubic(3.57),
            Enumerable.Repeat(Element.FromSymbol("C"), 8),
            corners.Concat(corners.Select(corner => corner + new Vector3D(0.25, 0.25, 0.25))));
    }

    private static IEnumerable<double> Lengths(PreparedCrystal crystal)
    {
        for (int edge = 0; edge < crystal.Edges; edge++)
        {
            var squared = 0.0;
            for (int axis = 0; axis < 3; axis++)
            {
                double component = 0;
                for (int row = 0; row < 3; row++)
                {
                    double fractional = (double)crystal.Positions[3 * crystal.EdgeSource[edge] + row]
                        - crystal.Positions[3 * crystal.EdgeTarget[edge] + row] + crystal.EdgeImage[3 * edge + row];
                    component += fractional * crystal.Lattice[3 * row + axis];
                }

                squared += component * component;
            }

            yield return Math.Sqrt(squared);
        }
    }
}
