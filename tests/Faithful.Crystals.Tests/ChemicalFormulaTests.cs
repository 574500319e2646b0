using System.Collections.Immutable;
using Faithful.Crystals.Transformations;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests;

public sealed class ChemicalFormulaTests
{
    [Theory]
    [InlineData("Si Si", "Si", "A", "Si")]
    [InlineData("Cl Na", "NaCl", "AB", "Cl-Na")]
    [InlineData("O Sr O Ti O", "SrTiO3", "ABC3", "O-Sr-Ti")]
    [InlineData("Se Bi Se Bi Se", "Bi2Se3", "A2B3", "Bi-Se")]
    [InlineData("O O O O H H H H", "HO", "AB", "H-O")]
    public void Formulas_of_well_known_compositions(string species, string reduced, string anonymous, string system)
    {
        ImmutableArray<Element> atoms = [.. species.Split(' ').Select(Element.FromSymbol)];
        Assert.Equal((reduced, anonymous, system), (ChemicalFormula.Reduced(atoms), ChemicalFormula.Anonymous(atoms), ChemicalFormula.ChemicalSystem(atoms)));
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 50, Replay = "(31,1)")]
    public void A_supercell_in_another_order_has_the_same_formulas(SeededCrystal seeded)
    {
        var crystal = seeded.Crystal;
        var other = crystal.Permute(new RandomCrystals(seeded.Seed).Permutation(crystal.Count)).Supercell(2, 1, 3);
        Assert.Equal(
            (crystal.ReducedFormula, crystal.AnonymousFormula, crystal.ChemicalSystem), (other.ReducedFormula, other.AnonymousFormula, other.ChemicalSystem));
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 50, Replay = "(32,1)")]
    public void Exchanging_elements_one_for_one_changes_the_reduced_formula_but_not_the_anonymous_one(SeededCrystal seeded)
    {
        var species = seeded.Crystal.Species;
        ImmutableArray<Element> shifted = [.. species.Select(element => Element.FromAtomicNumber((element.AtomicNumber % Element.Count) + 1))];
        Assert.Equal(ChemicalFormula.Anonymous(species), ChemicalFormula.Anonymous(shifted));
        Assert.NotEqual(ChemicalFormula.Reduced(species), ChemicalFormula.Reduced(shifted));
        Assert.NotEqual(ChemicalFormula.ChemicalSystem(species), ChemicalFormula.ChemicalSystem(shifted));
    }

    [Fact]
    public void All_elements_at_once_still_have_names_of_their_own()
    {
        var letters = ChemicalFormula.Anonymous([.. Element.All]);
        var names = System.Text.RegularExpressions.Regex.Matches(letters, "[A-Z][a-z]?").Select(match => match.Value).ToList();
        Assert.Equal(letters, string.Concat(names));
        Assert.Equal(Element.Count, names.Distinct().Count());
    }

    [Fact]
    public void No_atom_has_no_formula() => Assert.Throws<ArgumentException>(() => ChemicalFormula.Anonymous([]));
}
