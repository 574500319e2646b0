using Faithful.Crystals.Descriptors;

namespace Faithful.Crystals.Tests.Descriptors;

public sealed class ElectronConfigurationTests
{
    [Fact]
    public void The_electrons_of_a_neutral_atom_are_as_many_as_its_atomic_number()
    {
        foreach (var element in Element.All)
        {
            var configuration = ElectronConfiguration.Of(element);
            Assert.Equal(element.AtomicNumber, configuration.Subshells.Sum(subshell => subshell.Electrons));
            Assert.Equal(configuration.Subshells.Length, configuration.Subshells.Select(subshell => (subshell.Principal, subshell.Azimuthal)).Distinct().Count());
            Assert.All(configuration.Subshells, subshell =>
                Assert.True(subshell.Azimuthal < subshell.Principal && subshell.Electrons >= 1 && subshell.Electrons <= subshell.Capacity));
            Assert.Equal(element.Period, configuration.Subshells.Max(subshell => subshell.Principal) is var outer && element.Symbol == "Pd" ? outer + 1 : outer);
        }
    }

    // Madelung's rule holds but for these twenty: NIST Atomic Spectra Database, ground states.
    [Fact]
    public void Atoms_fill_by_Madelungs_rule_but_for_the_known_exceptions()
    {
        string[] exceptions =
            ["Cr", "Cu", "Nb", "Mo", "Ru", "Rh", "Pd", "Ag", "La", "Ce", "Gd", "Pt", "Au", "Ac", "Th", "Pa", "U", "Np", "Cm", "Lr"];
        foreach (var element in Element.All)
        {
            var expected = Madelung(element.AtomicNumber);
            var actual = ElectronConfiguration.Of(element).Subshells.ToDictionary(subshell => (subshell.Principal, subshell.Azimuthal), subshell => subshell.Electrons);
            Assert.Equal(!exceptions.Contains(element.Symbol), expected.Count == actual.Count && expected.All(pair => actual.GetValueOrDefault(pair.Key) == pair.Value));
        }
    }

    // Spins of ground terms, 2S: NIST Atomic Spectra Database (H 2S, C 3P, N 4S, O 3P, Cr 7S, Mn 6S, Fe 5D, Co 4F, Mo 7S, Pd 1S,
    // Ce 1G is the exception to Hund's rule and left out; Eu 8S, Gd 9D, U 5L, Am 8S, Cm 9D).
    [Theory]
    [InlineData("H", 1)]
    [InlineData("He", 0)]
    [InlineData("C", 2)]
    [InlineData("N", 3)]
    [InlineData("O", 2)]
    [InlineData("Cr", 6)]
    [InlineData("Mn", 5)]
    [InlineData("Fe", 4)]
    [InlineData("Co", 3)]
    [InlineData("Zn", 0)]
    [InlineData("Mo", 6)]
    [InlineData("Pd", 0)]
    [InlineData("Eu", 7)]
    [InlineData("Gd", 8)]
    [InlineData("U", 4)]
    [InlineData("Am", 7)]
    [InlineData("Cm", 8)]
    public void Unpaired_electrons_are_those_of_the_ground_term(string symbol, int unpaired) =>
        Assert.Equal(unpaired, ElectronConfiguration.Of(Element.FromSymbol(symbol)).UnpairedElectrons);

    [Theory]
    [InlineData("H", "1 0 0 0", "1 0 0 0")]
    [InlineData("O", "2 4 0 0", "0 2 0 0")]
    [InlineData("Fe", "2 0 6 0", "0 0 4 0")]
    [InlineData("Zn", "2 0 10 0", "0 0 0 0")]
    [InlineData("Ga", "2 1 0 0", "0 5 0 0")]
    [InlineData("Pd", "0 0 10 0", "0 0 0 0")]
    [InlineData("Ce", "2 0 1 1", "0 0 9 13")]
    [InlineData("Yb", "2 0 0 14", "0 0 0 0")]
    [InlineData("Hf", "2 0 2 0", "0 0 8 0")]
    [InlineData("Bi", "2 3 0 0", "0 3 0 0")]
    [InlineData("U", "2 0 1 3", "0 0 9 11")]
    [InlineData("Og", "2 6 0 0", "0 0 0 0")]
    public void Valence_electrons_leave_out_what_is_buried(string symbol, string valence, string unfilled)
    {
        var configuration = ElectronConfiguration.Of(Element.FromSymbol(symbol));
        Assert.Equal((valence, unfilled), (string.Join(' ', configuration.Valence), string.Join(' ', configuration.Unfilled)));
        Assert.Equal(configuration.Valence.Sum(), configuration.ValenceElectrons);
    }

    [Fact]
    public void Main_groups_have_the_valence_electrons_of_their_group()
    {
        foreach (var element in Element.All.Where(element => element.AtomicNumber != 2 && element.Group > 0))
        {
            var expected = element.Group <= 12 ? element.Group : element.Group - 10;
            // The full f subshell of lawrencium leaves two s electrons and one p: three, as its group says.
            Assert.Equal(expected, ElectronConfiguration.Of(element).ValenceElectrons);
        }
    }

    private static Dictionary<(int Principal, int Azimuthal), int> Madelung(int electrons)
    {
        var filled = new Dictionary<(int, int), int>();
        for (var sum = 1; electrons > 0; sum++)
        {
            for (var azimuthal = (sum - 1) / 2; azimuthal >= 0 && electrons > 0; azimuthal--)
            {
                var taken = Math.Min(electrons, 2 * ((2 * azimuthal) + 1));
                filled[(sum - azimuthal, azimuthal)] = taken;
                electrons -= taken;
            }
        }

        return filled;
    }
}
