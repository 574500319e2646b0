using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class RadialAtomTests
{
    [Fact]
    public void Quadrature_integrates_polynomials_exactly()
    {
        var (nodes, weights) = GaussLegendre.Rule(44);
        Assert.Equal(2, weights.Sum(), 13);
        Assert.Equal(2.0 / 87, nodes.Zip(weights, (node, weight) => Math.Pow(node, 86) * weight).Sum(), 13);
        Assert.Equal(0, nodes.Zip(weights, (node, weight) => Math.Pow(node, 87) * weight).Sum(), 13);
    }

    [Fact]
    public void Partial_integrals_are_those_of_calculus()
    {
        var basis = new RadialBasis(6);
        var function = basis.Radii.ToArray().Select(radius => Math.Exp(-radius)).ToArray();
        var (partial, total) = basis.Accumulate(function);
        Assert.Equal(1, total, 10);
        Assert.Equal(basis.Integrate(function), total, 12);
        for (var point = 0; point < partial.Length; point++)
        {
            Assert.Equal(1 - Math.Exp(-basis.Radii[point]), partial[point], 9);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(26, 0)]
    [InlineData(92, 0)]
    [InlineData(92, 1)]
    [InlineData(92, 3)]
    public void Energies_of_one_electron_without_relativity_are_those_of_Bohr(int charge, int azimuthal)
    {
        var basis = new RadialBasis(charge);
        var nucleus = basis.Radii.ToArray().Select(radius => -charge / radius).ToArray();

        // The potential that makes electrons heavy is 0 here.
        var (energies, _) = RadialAtom.Orbitals(basis, new double[nucleus.Length], nucleus, azimuthal, charge == 1 ? 2 - azimuthal : 4);
        for (var state = 0; state < energies.Length; state++)
        {
            var principal = azimuthal + 1 + state;
            Assert.Equal(1, energies[state] / (-charge * charge / (2.0 * principal * principal)), 6);
        }
    }

    // The shift is of the order 1/c² = 5·10⁻⁵.
    [Fact]
    public void Relativity_lowers_hydrogen_by_less_than_1e_4()
    {
        var basis = new RadialBasis(1);
        var nucleus = basis.Radii.ToArray().Select(radius => -1 / radius).ToArray();
        var (energies, _) = RadialAtom.Orbitals(basis, nucleus, [], 0, 2);
        Assert.InRange(energies[0] + 0.5, -1e-4, 0);
        Assert.InRange(energies[1] + 0.125, -1e-4, 0);
    }

    // "NIST Atomic Reference Data for Electronic Structure Calculations", LDA: another fit to the same electron gas and no relativity.
    [Theory]
    [InlineData("H", 1, 0, -0.233471)]
    [InlineData("He", 1, 0, -0.570425)]
    [InlineData("C", 1, 0, -9.947718)]
    [InlineData("C", 2, 0, -0.500866)]
    [InlineData("C", 2, 1, -0.199186)]
    [InlineData("O", 2, 0, -0.871362)]
    [InlineData("O", 2, 1, -0.338381)]
    [InlineData("Ne", 2, 0, -1.322809)]
    [InlineData("Ne", 2, 1, -0.498034)]
    [InlineData("Si", 3, 0, -0.398139)]
    [InlineData("Si", 3, 1, -0.153293)]
    public void Eigenvalues_are_those_of_reference_calculations(string symbol, int principal, int azimuthal, double expected)
    {
        var atom = Solve(symbol);
        Assert.InRange(atom.Energy(principal, azimuthal) - expected, -Math.Max(0.002, 0.005 * -expected), Math.Max(0.002, 0.005 * -expected));
    }

    [Theory]
    [InlineData("H")]
    [InlineData("O")]
    [InlineData("Fe")]
    [InlineData("La")]
    [InlineData("Bi")]
    [InlineData("Cm")]
    public void Density_of_a_converged_atom_holds_all_electrons_and_screens_the_nucleus(string symbol)
    {
        var atom = Solve(symbol);
        Assert.True(atom.Converged);
        var radii = atom.Basis.Radii.ToArray();
        var charge = radii.Zip(atom.Density, (radius, density) => 4 * Math.PI * radius * radius * density).ToArray();
        Assert.Equal(atom.AtomicNumber, atom.Basis.Integrate(charge), 8);
        Assert.Equal(-atom.AtomicNumber, radii[0] * atom.Electrostatic[0], 1);
        Assert.Equal(0, radii[^1] * atom.Electrostatic[^1], 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Orbitals_are_orthonormal_with_the_nodes_of_their_quantum_numbers(int azimuthal)
    {
        var atom = Solve("Pt");
        var confinement = atom.Basis.Radii.ToArray().Select(radius => radius * radius / 16).ToArray();
        var (energies, vectors) = RadialAtom.Orbitals(atom.Basis, atom.Potential, confinement, azimuthal, 6 - azimuthal);
        var orbitals = vectors.Select(vector => atom.Basis.Expand(vector)).ToArray();
        for (var first = 0; first < orbitals.Length; first++)
        {
            for (var second = 0; second <= first; second++)
            {
                var product = orbitals[first].Zip(orbitals[second], (left, right) => left * right).ToArray();
                Assert.Equal(first == second ? 1 : 0, atom.Basis.Integrate(product), 8);
                Assert.True(first == second || energies[second] < energies[first]);
            }

            var visible = orbitals[first].Where(value => Math.Abs(value) > 1e-4).ToArray();
            Assert.Equal(first, visible.Zip(visible.Skip(1)).Count(pair => (pair.First > 0) != (pair.Second > 0)));
        }
    }

    // The ground terms of p¹ and p⁵ split by 3/2 ξ; levels in eV: NIST Atomic Spectra Database.
    [Theory]
    [InlineData("Al", 3, 0.0139)]
    [InlineData("Ga", 4, 0.1024)]
    [InlineData("In", 5, 0.2743)]
    [InlineData("Tl", 6, 0.9662)]
    [InlineData("Cl", 3, 0.1094)]
    [InlineData("Br", 4, 0.4569)]
    [InlineData("I", 5, 0.9427)]
    public void Spin_orbit_constants_of_free_atoms_are_those_of_spectra(string symbol, int principal, double splitting)
    {
        var atom = Solve(symbol);
        var (_, vectors) = RadialAtom.Orbitals(atom.Basis, atom.Potential, [], 1, principal - 1);
        var constant = 27.2114 * atom.SpinOrbit(atom.Basis.Expand(vectors[^1]));
        Assert.InRange(1.5 * constant / splitting, 0.85, 1.25);
    }

    [Fact]
    public void Exchange_and_correlation_have_no_jump_where_the_fits_meet()
    {
        var density = 3 / (4 * Math.PI); // r_s = 1
        var (below, above) = (LocalDensity.Potential(density * (1 - 1e-9)), LocalDensity.Potential(density * (1 + 1e-9)));
        Assert.InRange(below - above, -1e-4, 1e-4);
        Assert.InRange(LocalDensity.Potential(1e-12), -1e-3, 0);
    }

    private static RadialAtom Solve(string symbol)
    {
        var atomicNumber = Element.FromSymbol(symbol).AtomicNumber;
        return RadialAtom.Solve(atomicNumber, BandConfiguration.Electrons(atomicNumber));
    }
}
