using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Tests.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Descriptors;

public sealed class DescriptorValueTests
{
    private const double Rounding = 4e-5; // of a value below 4: half a step of the grid is 3e-5

    private static readonly DescriptorSet Best = DescriptorSet.Find("best");

    // Steinhardt, Nelson and Ronchetti (1983), table I, for the first shell: face-centred and simple cubic.
    [Fact]
    public void Bond_order_is_that_of_the_paper()
    {
        var faceCentred = Best.Compute(One("Cu", Lattice.Rhombohedral(2.55, 60)));
        Assert.Equal(0.19094, Value(faceCentred, "bond_order_4_mean"), 1e-4);
        Assert.Equal(0.57452, Value(faceCentred, "bond_order_6_mean"), 1e-4);
        Assert.Equal(12, Value(faceCentred, "coordination_mean"), 0.05);
        var simple = Best.Compute(One("Po", Lattice.Cubic(3.36)));
        Assert.Equal(0.76376, Value(simple, "bond_order_4_mean"), 1e-4);
        Assert.Equal(0.35355, Value(simple, "bond_order_6_mean"), 1e-4);
        Assert.Equal(6, Value(simple, "coordination_mean"), 0.05);
        Assert.All(new[] { faceCentred, simple }, values => Assert.Equal((0, 0), (Value(values, "bond_order_1_mean"), Value(values, "bond_order_3_mean"))));
    }

    [Fact]
    public void Silicon_has_the_numbers_of_the_textbook()
    {
        var silicon = Best.Compute(Prototypes.All().First(prototype => prototype.Name == "silicon").Crystal);
        Assert.Equal(227, Value(silicon, "space_group"));
        Assert.Equal(48, Value(silicon, "point_group_order"));
        Assert.Equal(0, Value(silicon, "is_symmorphic"));
        Assert.Equal(1, Value(silicon, "has_inversion"));
        Assert.Equal((2, 28, 8), (Value(silicon, "primitive_atoms"), Value(silicon, "primitive_electrons"), Value(silicon, "primitive_valence_electrons")));
        Assert.Equal((2, 4), (Value(silicon, "primitive_formula_units"), Value(silicon, "primitive_electrons_modulo_12")));
        Assert.Equal((4, 4), (Value(silicon, "primitive_s_electrons"), Value(silicon, "primitive_p_electrons")));
        Assert.Equal((2, 4, 4), (Value(silicon, "site_-43m_atoms"), Value(silicon, "site_-43m_s_electrons"), Value(silicon, "site_-43m_p_electrons")));
        Assert.Equal((1, 1, 24), (Value(silicon, "orbits"), Value(silicon, "wyckoff_letters"), Value(silicon, "site_order_mean")));
        Assert.Equal(2.33, Value(silicon, "density"), 0.01);
        Assert.Equal(2.3515, Value(silicon, "nearest_minimum"), 1e-3);
        Assert.Equal(4, Value(silicon, "coordination_mean"), 1e-3);
        Assert.Equal((60, 60, 60), (Value(silicon, "niggli_alpha"), Value(silicon, "niggli_beta"), Value(silicon, "niggli_gamma")));
        Assert.Equal((1, 1), (Value(silicon, "fraction_Si"), Value(silicon, "species")));
        Assert.Equal(1.9, Value(silicon, "electronegativity_mean"), Rounding);
    }

    [Fact]
    public void Statistics_are_weighted_by_the_atoms()
    {
        var rutile = Best.Compute(Prototypes.All().First(prototype => prototype.Name == "rutile").Crystal);
        var (titanium, oxygen) = (1.54, 3.44);
        var mean = (titanium + (2 * oxygen)) / 3;
        Assert.Equal(mean, Value(rutile, "electronegativity_mean"), Rounding);
        Assert.Equal(titanium, Value(rutile, "electronegativity_minimum"), Rounding);
        Assert.Equal(oxygen, Value(rutile, "electronegativity_maximum"), Rounding);
        Assert.Equal(oxygen, Value(rutile, "electronegativity_mode"), Rounding);
        Assert.Equal(oxygen - titanium, Value(rutile, "electronegativity_range"), Rounding);
        Assert.Equal(Math.Sqrt(2) / 3 * (oxygen - titanium), Value(rutile, "electronegativity_deviation"), Rounding);
        Assert.Equal(Math.Sqrt(5) / 3, Value(rutile, "stoichiometry_norm_2"), Rounding);
        Assert.Equal((3, 2), (Value(rutile, "formula_atoms"), Value(rutile, "primitive_formula_units")));
        Assert.Equal(oxygen - titanium, Value(rutile, "bond_electronegativity_mean"), 0.02);
    }

    [Fact]
    public void Counts_by_site_and_by_letter_add_up_to_the_primitive_cell()
    {
        foreach (var crystal in Prototypes.All().Select(prototype => prototype.Crystal).Concat(SiteCrystals.All().Where((_, index) => index % 7 == 0)))
        {
            var values = Best.Compute(crystal);
            float Sum(string prefix, string suffix) => Best.Names.Select((name, index) =>
                name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal) ? values[index] : 0).Sum();
            Assert.Equal(Value(values, "primitive_atoms"), Sum("site_", "_atoms"));
            Assert.Equal(Value(values, "primitive_atoms"), Sum("wyckoff_", "_atoms"));
            Assert.Equal(Value(values, "primitive_valence_electrons"), Sum("wyckoff_", "_electrons"));
            foreach (var letter in "spdf")
            {
                Assert.Equal(Value(values, $"primitive_{letter}_electrons"), Sum("site_", $"_{letter}_electrons"));
            }

            Assert.Equal(1, Sum("fraction_", ""), 1e-6);
        }
    }

    // Only what does not exist is missing.
    [Fact]
    public void Values_are_missing_only_where_elements_have_none()
    {
        for (var seed = 0; seed < 80; seed++)
        {
            var crystal = new RandomCrystals(seed).Crystal();
            AssertDefined(crystal, Best.Compute(crystal), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("He", 3.6)]
    [InlineData("Xe", 6.2)]
    [InlineData("Og", 5)]
    [InlineData("H", 900_000)]
    [InlineData("H", 0.1)]
    public void One_atom_is_a_crystal(string symbol, double length)
    {
        var crystal = One(symbol, Lattice.Rhombohedral(length, 60));
        foreach (var set in DescriptorSet.All.Where(set => length > 1 || !set.UsesSymmetry)) // spglib's tolerance is 0.1 Å
        {
            AssertDefined(crystal, set.Compute(crystal), symbol, set);
        }
    }

    [Fact]
    public void Needles_plates_and_lone_atoms_are_described_too()
    {
        var (sodium, chlorine) = (Element.FromSymbol("Na"), Element.FromSymbol("Cl"));
        Vector3D[] apart = [new(0, 0, 0), new(0.5, 0.5, 0.47)];
        foreach (var lattice in new[] { Lattice.Orthorhombic(3, 3, 4000), Lattice.Orthorhombic(3, 4000, 4000), Lattice.Cubic(4000), Lattice.FromParameters(3, 50, 90, 20, 30, 40) })
        {
            var crystal = new Crystal(lattice, [sodium, chlorine], apart);
            foreach (var set in DescriptorSet.All)
            {
                AssertDefined(crystal, set.Compute(crystal), lattice.ToString(), set);
            }

            var unlike = Value(Best.Compute(crystal), "nearest_unlike");
            var expected = Enumerable.Range(0, 101 * 25).Min(image => (crystal.CartesianPosition(1) - crystal.CartesianPosition(0)
                + lattice.ToCartesian(new((image % 101) - 50, (image / 101 % 5) - 2, (image / 505) - 2))).Length);
            Assert.Equal(expected, unlike, 1e-5 * expected);
        }
    }

    [Fact]
    public void Large_cells_are_described_in_reasonable_time()
    {
        var crystal = Prototypes.All().First(prototype => prototype.Name == "rutile").Crystal;
        var large = crystal.Supercell(6, 6, 6); // 1,296 atoms; spglib alone would take minutes
        var set = DescriptorSet.Find("best-no-symmetry");
        DescriptorAssert.Same(set, set.Compute(crystal), set.Compute(large), "rutile");
    }

    private static float Value(float[] values, string name) => DescriptorAssert.Value(Best, values, name);

    private static Crystal One(string symbol, Lattice lattice) => new(lattice, [Element.FromSymbol(symbol)], [Vector3D.Zero]);

    private static void AssertDefined(Crystal crystal, float[] values, string what, DescriptorSet? set = null)
    {
        set ??= Best;
        var species = crystal.Species.Distinct().ToArray();
        for (var index = 0; index < set.Count; index++)
        {
            var name = set.Names[index];
            var property = ElementProperties.All.FirstOrDefault(property => name.StartsWith($"{property.Name}_", StringComparison.Ordinal));
            var mayBeMissing = name switch
            {
                "nearest_unlike" or "nearest_unlike_relative" => species.Length == 1,
                "bond_electronegativity_mean" or "bond_electronegativity_deviation" => Lacks("electronegativity"),
                "bond_mendeleev_mean" or "bond_mendeleev_deviation" => Lacks("mendeleev_number"),
                _ when name.StartsWith("band_", StringComparison.Ordinal) || name.StartsWith("parity_", StringComparison.Ordinal) => true,
                _ => property is not null && species.All(element => double.IsNaN(property[element])),
            };
            Assert.False(float.IsInfinity(values[index]), $"{what}: {name}");
            Assert.True(mayBeMissing || !float.IsNaN(values[index]), $"{what}: {name} is missing");
        }

        bool Lacks(string property) => species.Any(element => double.IsNaN(ElementProperties.Find(property)[element]));
    }
}
