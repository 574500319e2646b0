using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class BandConfigurationTests
{
    [Fact]
    public void The_electrons_of_a_neutral_atom_are_as_many_as_its_atomic_number()
    {
        for (var atomicNumber = 1; atomicNumber <= BandAtom.LargestAtomicNumber; atomicNumber++)
        {
            var shells = BandConfiguration.Electrons(atomicNumber);
            Assert.Equal(atomicNumber, shells.Sum(shell => shell.Electrons));
            Assert.Equal(shells.Length, shells.Select(shell => (shell.Principal, shell.Azimuthal)).Distinct().Count());
            Assert.All(shells, shell =>
                Assert.True(shell.Azimuthal < shell.Principal && shell.Electrons >= 1 && shell.Electrons <= 2 * ((2 * shell.Azimuthal) + 1)));
        }
    }

    [Fact]
    public void The_shells_of_the_basis_offer_places_for_all_valence_electrons()
    {
        for (var atomicNumber = 1; atomicNumber <= BandAtom.LargestAtomicNumber; atomicNumber++)
        {
            var places = BandConfiguration.Valence(atomicNumber).Sum(shell => 2 * ((2 * shell.Azimuthal) + 1));
            Assert.InRange(BandConfiguration.ValenceElectrons(atomicNumber), 1, places);
        }
    }

    [Theory]
    [InlineData("H", 1)]
    [InlineData("Na", 1)]
    [InlineData("C", 4)]
    [InlineData("Fe", 8)]
    [InlineData("Zn", 12)]
    [InlineData("Ga", 3)]
    [InlineData("Pt", 10)]
    [InlineData("Bi", 5)]
    [InlineData("La", 3)]
    [InlineData("Sm", 3)] // 4f stays in the core
    [InlineData("Eu", 2)]
    [InlineData("Yb", 2)]
    [InlineData("Hf", 4)]
    [InlineData("U", 6)]
    public void Valence_electrons_are_those_of_chemistry(string symbol, double expected) =>
        Assert.Equal(expected, BandConfiguration.ValenceElectrons(Element.FromSymbol(symbol).AtomicNumber));
}
