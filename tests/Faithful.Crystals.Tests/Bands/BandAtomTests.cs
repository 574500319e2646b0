using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class BandAtomTests
{
    [Fact]
    public void Elements_up_to_curium_are_covered()
    {
        Assert.Equal(96, Element.All.Count(BandAtom.Covers));
        Assert.Throws<ArgumentException>(() => BandAtom.Of(Element.FromSymbol("Bk")));
    }

    [Fact]
    public void An_atom_is_solved_once_by_whichever_thread()
    {
        var atoms = new BandAtom[8];
        Parallel.For(0, atoms.Length, index => atoms[index] = BandAtom.Of(Element.FromSymbol("N")));
        Assert.All(atoms, atom => Assert.Same(atoms[0], atom));
    }

    [Theory]
    [InlineData("H", 1)]
    [InlineData("Si", 4)]
    [InlineData("Fe", 9)]
    [InlineData("Bi", 4)]
    [InlineData("U", 16)]
    public void Shells_are_normalised_and_make_up_the_orbitals(string symbol, int orbitals)
    {
        var atom = BandAtom.Of(Element.FromSymbol(symbol));
        Assert.Equal(orbitals, atom.Orbitals);
        Assert.Equal(atom.Orbitals, atom.Shells.Sum(shell => (2 * shell.Azimuthal) + 1));
        Assert.Equal(atom.ValenceElectrons, atom.Shells.Sum(shell => shell.Occupation));
        foreach (var shell in atom.Shells)
        {
            Assert.InRange(Norm(shell.Radial), 0.999, 1.001);
            Assert.True(shell.ConfinedEnergy > shell.Energy);
            Assert.True(shell.Azimuthal == 0 ? shell.SpinOrbit == 0 : shell.SpinOrbit > 0);
        }
    }

    [Fact]
    public void Spin_orbit_coupling_grows_down_a_group_and_hardness_falls()
    {
        var atoms = "F Cl Br I At".Split(' ').Select(symbol => BandAtom.Of(Element.FromSymbol(symbol))).ToArray();
        for (var index = 1; index < atoms.Length; index++)
        {
            Assert.True(atoms[index].Shells[1].SpinOrbit > 1.5 * atoms[index - 1].Shells[1].SpinOrbit);
            Assert.True(index == 4 || atoms[index].Hardness < atoms[index - 1].Hardness);
        }
    }

    [Fact]
    public void Neighbours_in_the_table_do_not_jump()
    {
        foreach (var symbol in "B C N O F".Split(' '))
        {
            var (atom, next) = (BandAtom.Of(Element.FromSymbol(symbol)), BandAtom.Of(Element.FromAtomicNumber(Element.FromSymbol(symbol).AtomicNumber + 1)));
            Assert.True(next.Shells[0].Energy < atom.Shells[0].Energy && next.Shells[1].Energy < atom.Shells[1].Energy);
            Assert.True(atom.Shells[0].Energy < atom.Shells[1].Energy);
            Assert.True(next.Hardness > atom.Hardness);
        }
    }

    // ∫ R² r² dr by the trapezoidal rule in ln r.
    private static double Norm(double[] radial)
    {
        var step = Math.Log(LogarithmicGrid.Largest / 1e-4) / (LogarithmicGrid.Count - 1);
        return step * radial.Select((value, index) => value * value * Math.Pow(1e-4 * Math.Exp(index * step), 3)).Sum();
    }
}
