using Faithful.Crystals.Bands;
using Faithful.Crystals.Tests.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Bands;

public sealed class BandStructureTests
{
    // Ordinary insulators: whatever the bands are exactly, parities and lines are those of atoms.
    [Theory]
    [InlineData("Na Cl", 5.64)]
    [InlineData("Mg O", 4.21)]
    [InlineData("K Br", 6.6)]
    [InlineData("Ca S", 5.69)]
    public void Rock_salt_of_closed_shells_is_an_atomic_limit(string species, double constant)
    {
        var bands = Bands(RockSalt(species, constant));
        Assert.True(bands.IndirectGap > 1);
        Assert.False(bands.Parities!.RuleOutAtomicLimit);
        Assert.Equal(0, bands.Parities.Uncertainty, 1e-6);
        Assert.Equal(0, bands.Compatibility.Violations.Sum());
        Assert.True(bands.Compatibility.Tests.Sum() > 0);
    }

    [Fact]
    public void Silicon_and_diamond_have_a_gap_and_the_parities_of_bonds()
    {
        foreach (var (element, constant) in new[] { ("Si", 5.43), ("C", 3.567), ("Ge", 5.66) })
        {
            var bands = Bands(Diamond(element, constant));
            Assert.True(bands.Gaps[0] > 0.05, element);
            Assert.False(bands.Parities!.RuleOutAtomicLimit);
            Assert.Equal(0, bands.Compatibility.Violations.Sum());
            Assert.Equal(0, bands.ChargeMaximum, 1e-6);
        }
    }

    // L. Fu and C. L. Kane, Phys. Rev. B 76, 045302 (2007): the parities of antimony are those of a strong topological insulator, (1; 111).
    [Fact]
    public void Antimony_has_the_parities_of_a_strong_topological_insulator()
    {
        var antimony = new Crystal(
            Lattice.Rhombohedral(4.507, 57.11), [Element.FromSymbol("Sb"), Element.FromSymbol("Sb")], [new(0.2336, 0.2336, 0.2336), new(-0.2336, -0.2336, -0.2336)]);
        var parities = Bands(antimony).Parities!;
        Assert.True(int.IsOddInteger(parities.Index));
        Assert.True(parities.IsWeak);
        Assert.True(parities.RuleOutAtomicLimit);
    }

    // Face-centred cubic calcium over copper… an odd number of electrons leaves a band half full: no gap, whatever else holds.
    [Fact]
    public void Copper_is_a_metal()
    {
        var copper = new Crystal(Lattice.FromParameters(2.556, 2.556, 2.556, 60, 60, 60), [Element.FromSymbol("Cu")], [new(0, 0, 0)]);
        Assert.True(Bands(copper).IndirectGap < 0);
    }

    [Fact]
    public void The_same_crystal_has_the_same_bands()
    {
        var seed = 0;
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            var random = new RandomCrystals(++seed);
            var again = random.Redescribe(seed % 3 == 0 ? crystal.Supercell(1, 2, 1) : crystal);
            var (first, second) = (Bands(crystal), Bands(again));
            Assert.Equal((first.Electrons, first.Orbitals), (second.Electrons, second.Orbitals));
            Assert.All(first.Gaps.Zip(second.Gaps), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(first.FermiEnergy, second.FermiEnergy, 1e-5);
            Assert.Equal(first.ChargeMaximum, second.ChargeMaximum, 1e-6);
            Assert.Equal(first.Compatibility.Tests, second.Compatibility.Tests);
            Assert.Equal(first.Compatibility.Violations, second.Compatibility.Violations);
            Assert.True((first.Parities is null) == (second.Parities is null), name);
            if (first.Parities is { } parities)
            {
                Assert.Equal((parities.Index, parities.IsWeak), (second.Parities!.Index, second.Parities.IsWeak));
                Assert.Equal(parities.OddPairs.Order(), second.Parities.OddPairs.Order());
            }
        }
    }

    // What decides are distances between atoms: infinitely far apart they are atoms, and closed shells have the parities of an atomic limit.
    [Fact]
    public void Atoms_far_apart_are_an_atomic_limit()
    {
        var expanded = RockSalt("Na Cl", 5.64).Expand(4);
        var bands = Bands(expanded);
        Assert.False(bands.Parities!.RuleOutAtomicLimit);
        Assert.Equal(0, bands.Compatibility.Violations.Sum());
        Assert.Equal(bands.Gaps[0], bands.Gaps[^1], 1e-3); // no dispersion is left
    }

    [Fact]
    public void Traces_of_gapped_bands_are_those_of_representations()
    {
        foreach (var crystal in new[] { RockSalt("Mg O", 4.21), Diamond("Si", 5.43) })
        {
            var cell = BandCell.Find(crystal, new())!;
            var momenta = new InvariantMomenta(cell.Operations);
            var bands = SelfConsistentBands.Solve(cell, momenta)!;
            var traces = new SymmetryTraces(cell, momenta, [.. momenta.Representatives.Select((_, star) => new SpinOrbitStates(cell, bands, star))]);
            var identity = Array.FindIndex(cell.Operations, operation => IntegerMatrix.IsIdentity(operation.Rotation));
            for (var momentum = 0; momentum < InvariantMomenta.Count; momentum++)
            {
                Assert.Equal(cell.Electrons, traces[identity, momentum], 1e-6);
                for (var operation = 0; operation < cell.Operations.Length; operation++)
                {
                    var isKept = InvariantMomenta.Image(cell.Operations[operation], momentum) == momentum;
                    Assert.Equal(isKept, !double.IsNaN(traces[operation, momentum]));
                    if (isKept)
                    {
                        // With spin, a pair of states that time reversal exchanges has the trace 2 cos(φ/2) at a turn by φ.
                        var squared = traces[operation, momentum] * traces[operation, momentum];
                        Assert.True(Math.Abs(squared - Math.Round(squared)) < 1e-4, $"{crystal.Formula}: {traces[operation, momentum]}");
                        Assert.InRange(Math.Abs(traces[operation, momentum]), 0, cell.Electrons + 1e-6);
                    }
                }
            }
        }
    }

    [Fact]
    public void Crystals_without_bands_have_none()
    {
        var oganesson = new Crystal(Lattice.Cubic(6), [Element.FromSymbol("Og")], [new(0, 0, 0)]);
        Assert.Null(BandStructure.Compute(oganesson));
        Assert.Null(BandStructure.Compute(new Crystal(Lattice.Cubic(3), [Element.FromSymbol("H")], [new(0, 0, 0)])));
    }

    private static BandStructure Bands(Crystal crystal) => BandStructure.Compute(crystal) ?? throw new InvalidOperationException($"{crystal} has no bands.");

    private static Crystal RockSalt(string species, double constant) => new(
        Lattice.FromParameters(constant / Math.Sqrt(2), constant / Math.Sqrt(2), constant / Math.Sqrt(2), 60, 60, 60),
        species.Split(' ').Select(Element.FromSymbol),
        [new(0, 0, 0), new(0.5, 0.5, 0.5)]);

    private static Crystal Diamond(string element, double constant) => new(
        Lattice.FromParameters(constant / Math.Sqrt(2), constant / Math.Sqrt(2), constant / Math.Sqrt(2), 60, 60, 60),
        [Element.FromSymbol(element), Element.FromSymbol(element)],
        [new(0, 0, 0), new(0.25, 0.25, 0.25)]);
}
