using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Transformations;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Descriptors;

public sealed class DescriptorInvarianceTests
{
    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 60, Replay = "20251,7")]
    public void Descriptors_are_the_same_however_a_crystal_is_described(SeededCrystal sample)
    {
        var again = sample.Random().Redescribe(sample.Crystal);
        foreach (var set in DescriptorSet.All)
        {
            DescriptorAssert.Same(set, set.Compute(sample.Crystal), set.Compute(again), $"seed {sample.Seed}");
        }
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 20, Replay = "20251,9")]
    public void Descriptors_are_those_of_the_primitive_cell(SeededCrystal sample)
    {
        var random = sample.Random();
        var supercell = random.Redescribe(sample.Crystal.Supercell(random.Integer(1, 3), random.Integer(1, 2), random.Integer(1, 2)));
        foreach (var set in DescriptorSet.All)
        {
            DescriptorAssert.Same(set, set.Compute(sample.Crystal), set.Compute(supercell), $"seed {sample.Seed}");
        }
    }

    // Crystals with symmetry, where letters, origins and cells can be chosen in many ways.
    [Fact]
    public void Known_crystals_keep_their_descriptors_in_any_description()
    {
        var seed = 0;
        foreach (var record in CrystalSource.Read(TestData.Examples).Select(result => result.GetRecordOrThrow()).Where(record => record.Crystal.Count <= 8))
        {
            var random = new RandomCrystals(++seed);
            var again = random.Redescribe(seed % 4 == 0 ? record.Crystal.Supercell(1, 2, 1) : record.Crystal);
            foreach (var set in DescriptorSet.All)
            {
                DescriptorAssert.Same(set, set.Compute(record.Crystal), set.Compute(again), record.Id);
            }
        }
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 40, Replay = "20251,11")]
    public void Expansion_scales_lengths_and_volumes_and_nothing_else(SeededCrystal sample)
    {
        var factor = sample.Random().Uniform(1.05, 1.6);
        var lattice = sample.Crystal.Lattice;
        var expanded = new Crystal(new(factor * lattice.A, factor * lattice.B, factor * lattice.C), sample.Crystal.Species, sample.Crystal.FractionalPositions);
        foreach (var set in DescriptorSet.All.Where(set => set.Name != "best-bands")) // bands depend on distances in their own way
        {
            DescriptorAssert.Same(set, set.Compute(sample.Crystal), set.Compute(expanded), $"seed {sample.Seed}", name => Math.Pow(factor, Dimension(name)));
        }
    }

    // The powers of a length that a column holds. Radii of elements are lengths that no expansion changes.
    private static int Dimension(string name) => name switch
    {
        "volume_per_atom" or "volume_per_valence_electron" => 3,
        "density" or "packing_fraction" => -3,
        "niggli_a" or "niggli_b" or "niggli_c" or "bond_length_mean" or "bond_length_deviation" => 1,
        "bond_ratio_mean" or "bond_ratio_minimum" or "bond_ratio_deviation" => 1,
        _ => name.StartsWith("nearest_", StringComparison.Ordinal) && !name.EndsWith("_relative", StringComparison.Ordinal) ? 1 : 0,
    };

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 40, Replay = "20251,13")]
    public void Another_element_on_the_same_sites_leaves_all_geometry(SeededCrystal sample)
    {
        var present = sample.Crystal.Species.ToHashSet();
        var removed = sample.Crystal.Species[0];
        var added = Element.All.First(element => element.Period != removed.Period && !present.Contains(element));
        var substituted = new Crystal(
            sample.Crystal.Lattice, sample.Crystal.Species.Select(element => element == removed ? added : element), sample.Crystal.FractionalPositions);
        var set = DescriptorSet.Find("best");
        var (before, after) = (set.Compute(sample.Crystal), set.Compute(substituted));
        for (var index = 0; index < set.Count; index++)
        {
            var name = set.Names[index];
            if (IsGeometry(name) || (name.StartsWith("fraction_", StringComparison.Ordinal) && name != $"fraction_{removed}" && name != $"fraction_{added}"))
            {
                Assert.True(before[index].Equals(after[index]), $"seed {sample.Seed}, {name}");
            }
        }

        if (removed.AtomicNumber <= 103)
        {
            Assert.Equal(DescriptorAssert.Value(set, before, $"fraction_{removed}"), DescriptorAssert.Value(set, after, $"fraction_{added}"));
            Assert.Equal(0, DescriptorAssert.Value(set, after, $"fraction_{removed}"));
        }
    }

    private static bool IsGeometry(string name)
    {
        string[] prefixes =
            ["space_group", "point_group", "crystal_system", "orbits", "site_order", "niggli_", "nearest_", "coordination_", "bond_length", "bond_order", "pairs_", "unlike_pairs_",
            "stoichiometry_", "species", "formula_atoms", "primitive_atoms", "volume_per_atom", "bond_like_fraction"];
        return name.EndsWith("_atoms", StringComparison.Ordinal) && !name.StartsWith("wyckoff", StringComparison.Ordinal)
            || Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_geometry_notices_that_an_atom_has_moved()
    {
        var set = DescriptorSet.Find("claussen");
        for (var seed = 0; seed < 10; seed++)
        {
            var crystal = new RandomCrystals(seed).Crystal(8, 0, 1.5);
            var moved = new Crystal(crystal.Lattice, crystal.Species, crystal.FractionalPositions.SetItem(0, crystal.FractionalPositions[0] + new Vector3D(0.03, 0.02, 0.01)));
            Assert.Equal(set.Compute(crystal), set.Compute(moved));
        }
    }
}
