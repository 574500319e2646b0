using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Tests.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Descriptors;

public sealed class DescriptorSetTests
{
    public static TheoryData<string> Sets => [.. DescriptorSet.All.Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Columns_have_a_name_of_their_own_a_unit_and_a_meaning(string name)
    {
        var set = DescriptorSet.Find(name);
        Assert.Equal(set.Count, set.Names.Distinct().Count());
        Assert.Equal((set.Count, set.Count, set.Count), (set.Names.Length, set.Units.Length, set.Descriptions.Length));
        Assert.All(set.Columns, column =>
        {
            Assert.Matches("^[a-z][A-Za-z0-9_./-]*$", column.Name);
            Assert.NotEmpty(column.Unit);
            Assert.False(string.IsNullOrWhiteSpace(column.Description) || column.Description.EndsWith('.'), column.Description);
        });
        Assert.Matches("^[0-9a-f]{16}$", set.Digest);
    }

    [Fact]
    public void A_name_means_the_same_number_in_every_set()
    {
        var columns = DescriptorSet.All.SelectMany(set => set.Columns).GroupBy(column => column.Name);
        Assert.All(columns, column => Assert.Single(column.Distinct()));
        foreach (var (_, _, crystal) in Prototypes.All())
        {
            var symmetry = SymmetryFinder.Analyze(crystal);
            var known = new Dictionary<string, float>(StringComparer.Ordinal);
            foreach (var set in DescriptorSet.All)
            {
                var values = set.Compute(crystal, symmetry);
                for (var index = 0; index < set.Count; index++)
                {
                    Assert.Equal(known.GetValueOrDefault(set.Names[index], values[index]), values[index]);
                    known[set.Names[index]] = values[index];
                }
            }
        }
    }

    // Models remember the digest: whoever changes columns or their values has to raise the version, and sees it here.
    [Fact]
    public void The_columns_are_those_that_models_were_trained_with()
    {
        Assert.Equal(2, DescriptorSet.Version);
        Assert.Equal(["claussen", "best", "best-bands", "best-no-symmetry"], DescriptorSet.All.Select(set => set.Name));
        Assert.Equal([154, 692, 737, 462], DescriptorSet.All.Select(set => set.Count));
        Assert.Equal(4, DescriptorSet.All.Select(set => set.Digest).Distinct().Count());
    }

    [Fact]
    public void An_unknown_set_is_an_error_that_names_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => DescriptorSet.Find("bset"));
        Assert.Contains("claussen, best, best-bands, best-no-symmetry", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_and_symmetry_must_fit_the_crystal()
    {
        var crystal = new RandomCrystals(1).Crystal(3);
        var set = DescriptorSet.Find("best");
        Assert.Throws<ArgumentException>(() => set.Compute(crystal, new float[set.Count - 1]));
        Assert.Throws<ArgumentException>(() => set.Compute(crystal, SymmetryFinder.Analyze(new RandomCrystals(1).Crystal(4))));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void All_ways_to_ask_give_the_same_numbers_on_any_thread(string name)
    {
        var set = DescriptorSet.Find(name);
        var crystals = Prototypes.All().Select(prototype => prototype.Crystal).ToArray();
        var expected = crystals.Select(crystal => set.Compute(crystal)).ToArray();
        Parallel.For(0, 4 * crystals.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
        {
            var crystal = crystals[index % crystals.Length];
            var values = new float[set.Count];
            if (index % 2 == 0)
            {
                set.Compute(crystal, values);
            }
            else
            {
                set.Compute(crystal, SymmetryFinder.Analyze(crystal), values);
            }

            Assert.Equal(expected[index % crystals.Length], values);
        });
    }

    [Fact]
    public void The_set_without_symmetry_never_asks_for_it()
    {
        Assert.Equal([true, true, true, false], DescriptorSet.All.Select(set => set.UsesSymmetry));
        var set = DescriptorSet.Find("best-no-symmetry");
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            // A tolerance that changes what the symmetry finder finds must change nothing.
            var other = SymmetryFinder.Analyze(crystal, new SymmetryOptions { DistanceTolerance = 0.5 });
            Assert.True(set.Compute(crystal).AsSpan().SequenceEqual(set.Compute(crystal, other)), name);
        }

        Assert.DoesNotContain(set.Names, column => column.StartsWith("site_", StringComparison.Ordinal)
            || column.StartsWith("wyckoff_", StringComparison.Ordinal) || column.StartsWith("primitive_", StringComparison.Ordinal)
            || column.Contains("group_order", StringComparison.Ordinal) || column == "space_group" || column == "point_group");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_column_takes_different_values_on_the_sample_and_random_crystals(string name)
    {
        var set = DescriptorSet.Find(name);
        var (least, greatest) = (new float[set.Count], new float[set.Count]);
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(greatest, float.NegativeInfinity);
        var sample = CrystalSource.Read(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl"))
            .Select(result => result.GetRecordOrThrow().Crystal).Where((_, index) => index % 25 == 0);
        var random = Enumerable.Range(0, 300).Select(seed => new RandomCrystals(seed).Crystal(atoms: 1 + (seed % 6), skew: 0));
        foreach (var crystal in sample.Concat(random).Concat(SiteCrystals.All()))
        {
            var values = set.Compute(crystal);
            for (var index = 0; index < set.Count; index++)
            {
                if (!float.IsNaN(values[index]))
                {
                    (least[index], greatest[index]) = (Math.Min(least[index], values[index]), Math.Max(greatest[index], values[index]));
                }
            }
        }

        Assert.Empty(set.Names.Where((_, index) => !(least[index] < greatest[index])));
    }

    // spglib finds the letters of an atom at the corner or in the middle of the cell as the origin has it.
    [Fact]
    public void Which_atom_is_called_a_does_not_matter()
    {
        var set = DescriptorSet.Find("best");
        Vector3D[] positions = [new(0, 0, 0), new(0.5, 0.5, 0.5)];
        var (caesium, chlorine) = (Element.FromSymbol("Cs"), Element.FromSymbol("Cl"));
        var first = set.Compute(new Crystal(Lattice.Cubic(4.12), [caesium, chlorine], positions));
        var second = set.Compute(new Crystal(Lattice.Cubic(4.12), [chlorine, caesium], positions));
        DescriptorAssert.Same(set, first, second, "caesium chloride");
        Assert.Equal(7, DescriptorAssert.Value(set, first, "wyckoff_a_electrons"));
        Assert.Equal(1, DescriptorAssert.Value(set, first, "wyckoff_b_electrons"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Primitive_and_conventional_cells_are_the_same_crystal(string name)
    {
        var set = DescriptorSet.Find(name);
        foreach (var (what, _, crystal) in Prototypes.All())
        {
            var expected = set.Compute(crystal);
            DescriptorAssert.Same(set, expected, set.Compute(SymmetryFinder.Conventional(crystal)), what);
            DescriptorAssert.Same(set, expected, set.Compute(SymmetryFinder.Primitive(crystal)), what);
            if (!what.StartsWith("tellurium", StringComparison.Ordinal)) // its mirror image has another space group
            {
                DescriptorAssert.Same(set, expected, set.Compute(crystal.Invert()), $"{what}, inverted");
            }
        }
    }
}
