using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class TwoCenterTableTests
{
    [Theory]
    [InlineData("H", "H", 1)]
    [InlineData("O", "Si", 5)]
    [InlineData("O", "Fe", 8)]
    [InlineData("Fe", "Fe", 14)]
    [InlineData("U", "U", 30)]
    public void Channels_are_pairs_of_shells_with_a_common_angular_momentum(string first, string second, int expected) =>
        Assert.Equal(expected, Table(first, second).Count);

    [Fact]
    public void The_lighter_element_comes_first()
    {
        Assert.Throws<ArgumentException>(() => Table("Si", "O"));
        Assert.Throws<ArgumentException>(() => Table("O", "Bk"));
        Assert.Same(Table("O", "Si"), Table("O", "Si"));
    }

    [Theory]
    [InlineData("O", "Si")]
    [InlineData("O", "Fe")]
    [InlineData("Se", "Bi")]
    public void Exchanged_centers_change_no_more_than_the_sign(string first, string second)
    {
        var (one, other) = (BandAtom.Of(Element.FromSymbol(first)), BandAtom.Of(Element.FromSymbol(second)));
        var (forward, backward) = (new TwoCenterIntegrals(one, other), new TwoCenterIntegrals(other, one));
        var (overlap, hamiltonian) = (new double[forward.Count], new double[forward.Count]);
        var (reversedOverlap, reversedHamiltonian) = (new double[forward.Count], new double[forward.Count]);
        foreach (var distance in (double[])[3, 4, 6])
        {
            forward.Evaluate(distance, overlap, hamiltonian);
            backward.Evaluate(distance, reversedOverlap, reversedHamiltonian);
            var channel = 0;
            for (var left = 0; left < one.Shells.Length; left++)
            {
                for (var right = 0; right < other.Shells.Length; right++)
                {
                    var (l, k) = (one.Shells[left].Azimuthal, other.Shells[right].Azimuthal);
                    var sign = (l + k) % 2 == 0 ? 1 : -1;
                    for (var magnetic = 0; magnetic <= Math.Min(l, k); magnetic++)
                    {
                        var reversed = Start(other, one, right, left) + magnetic;
                        Assert.Equal(overlap[channel], sign * reversedOverlap[reversed], 1e-5);

                        // Each side solves only its own relativistic kinetic energy, which the other nucleus would change.
                        Assert.Equal(hamiltonian[channel], sign * reversedHamiltonian[reversed], 5e-3);
                        channel++;
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("H")]
    [InlineData("Si")]
    [InlineData("Fe")]
    [InlineData("U")]
    public void Atoms_on_top_of_each_other_overlap_as_an_atom_with_itself(string symbol)
    {
        var atom = BandAtom.Of(Element.FromSymbol(symbol));
        var integrals = new TwoCenterIntegrals(atom, atom);
        var (overlap, hamiltonian) = (new double[integrals.Count], new double[integrals.Count]);
        integrals.Evaluate(1e-3, overlap, hamiltonian);
        for (var left = 0; left < atom.Shells.Length; left++)
        {
            for (var right = 0; right < atom.Shells.Length; right++)
            {
                for (var magnetic = 0; magnetic <= Math.Min(atom.Shells[left].Azimuthal, atom.Shells[right].Azimuthal); magnetic++)
                {
                    Assert.Equal(left == right ? 1 : 0, overlap[Start(atom, atom, left, right) + magnetic], 5e-3);
                }
            }
        }
    }

    [Theory]
    [InlineData("O", "Si")]
    [InlineData("Se", "Bi")]
    public void Integrals_are_smooth_and_end_at_the_cutoff(string first, string second)
    {
        var table = Table(first, second);
        var (overlap, hamiltonian) = (new double[table.Count], new double[table.Count]);
        var (next, nextHamiltonian) = (new double[table.Count], new double[table.Count]);
        foreach (var beyond in (double[])[table.Cutoff, table.Cutoff + 0.1, 100])
        {
            table.Evaluate(beyond, overlap, hamiltonian);
            Assert.All(overlap.Concat(hamiltonian), value => Assert.Equal(0, value));
        }

        table.Evaluate(table.Cutoff - 1e-3, overlap, hamiltonian);
        Assert.All(overlap.Concat(hamiltonian), value => Assert.InRange(value, -1e-4, 1e-4));
        const double Step = 0.01;
        for (var distance = 2.0; distance < table.Cutoff; distance += Step)
        {
            table.Evaluate(distance, overlap, hamiltonian);
            table.Evaluate(distance + Step, next, nextHamiltonian);
            for (var channel = 0; channel < table.Count; channel++)
            {
                Assert.InRange(overlap[channel], -1, 1);
                Assert.InRange(next[channel] - overlap[channel], -0.02, 0.02);
                Assert.InRange(nextHamiltonian[channel] - hamiltonian[channel], -0.03, 0.03);
            }
        }
    }

    [Fact]
    public void Between_the_samples_the_table_agrees_with_the_integrals()
    {
        var (one, other) = (BandAtom.Of(Element.FromSymbol("O")), BandAtom.Of(Element.FromSymbol("Si")));
        var table = Table("O", "Si");
        var integrals = new TwoCenterIntegrals(one, other);
        var (overlap, hamiltonian) = (new double[table.Count], new double[table.Count]);
        var (exact, exactHamiltonian) = (new double[table.Count], new double[table.Count]);
        foreach (var distance in (double[])[2.5, 3.05, 3.3, 4.7]) // before the integrals fade
        {
            table.Evaluate(distance, overlap, hamiltonian);
            integrals.Evaluate(distance, exact, exactHamiltonian);
            for (var channel = 0; channel < table.Count; channel++)
            {
                Assert.Equal(exact[channel], overlap[channel], 1e-3);
                Assert.Equal(exactHamiltonian[channel], hamiltonian[channel], 2e-3);
            }
        }
    }

    [Fact]
    public void Hydrogen_binds_at_its_distance()
    {
        var table = Table("H", "H");
        var (overlap, hamiltonian) = (new double[1], new double[1]);
        table.Evaluate(1.4, overlap, hamiltonian);
        Assert.InRange(overlap[0], 0.4, 0.8);
        var energy = BandAtom.Of(Element.FromSymbol("H")).Shells[0].Energy;
        var bonding = (energy + hamiltonian[0]) / (1 + overlap[0]);
        var antibonding = (energy - hamiltonian[0]) / (1 - overlap[0]);
        Assert.True(bonding < energy && antibonding > energy);
    }

    private static TwoCenterTable Table(string first, string second) => TwoCenterTable.Of(Element.FromSymbol(first), Element.FromSymbol(second));

    // The channel of m = 0 of two shells.
    private static int Start(BandAtom first, BandAtom second, int left, int right)
    {
        var channel = 0;
        for (var row = 0; row <= left; row++)
        {
            for (var column = 0; column < (row == left ? right : second.Shells.Length); column++)
            {
                channel += 1 + Math.Min(first.Shells[row].Azimuthal, second.Shells[column].Azimuthal);
            }
        }

        return channel;
    }
}
