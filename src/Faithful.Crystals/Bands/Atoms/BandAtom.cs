using System.Collections.Immutable;

namespace Faithful.Crystals.Bands;

/// <summary>An element as bands need it: its valence orbitals, and its density and potential to superpose. Immutable.</summary>
/// <remarks>
/// The orbitals are those of the atom in an additional potential (r/r₀)², which squeezes them as a solid does: D. Porezag et al.,
/// Phys. Rev. B 51, 12947 (1995). Here r₀ is 1.7 times the covalent radius, and the density is that of the free atom.
/// </remarks>
internal sealed class BandAtom
{
    /// <summary>The largest atomic number with an atom: curium.</summary>
    public const int LargestAtomicNumber = 96;

    private const double Bohr = 0.529177; // Å
    private const double ConfinementFactor = 1.7;
    private const double SpinOrbitFactor = 3; // close confinement presses p orbitals of metals to the nucleus: twice the splitting that solids have
    private const double SmallestRadius = 0.5; // Å; hydrogen and helium are not confined as closely as their radii say
    private const double SuperpositionRadius = 20; // bohr; densities and potentials are 0 beyond
    private const double Charge = 0.1; // electrons that are taken away for the hardness
    private const double SmallestHardness = 0.1; // hartree

    private static readonly Lazy<BandAtom>[] Atoms =
        [.. Element.All.Take(LargestAtomicNumber).Select(element => new Lazy<BandAtom>(() => new(element)))];

    private BandAtom(Element element)
    {
        Element = element;
        ValenceElectrons = BandConfiguration.ValenceElectrons(element.AtomicNumber);
        ConfinementRadius = ConfinementFactor * Math.Max(BandConfiguration.CovalentRadius(element), SmallestRadius) / Bohr;
        var configuration = BandConfiguration.Electrons(element.AtomicNumber);
        var atom = RadialAtom.Solve(element.AtomicNumber, configuration);
        Shells = [.. BandConfiguration.Valence(element.AtomicNumber).Select(shell => Confine(atom, shell.Principal, shell.Azimuthal))];
        Orbitals = Shells.Sum(shell => (2 * shell.Azimuthal) + 1);
        Hardness = FindHardness(atom);

        var radii = atom.Basis.Radii;
        var potential = new double[radii.Length];
        for (var point = 0; point < radii.Length; point++)
        {
            potential[point] = radii[point] * atom.Electrostatic[point];
        }

        Density = LogarithmicGrid.Sample(radii, atom.Density, SuperpositionRadius);
        Potential = LogarithmicGrid.Sample(radii, potential, SuperpositionRadius);
    }

    /// <summary>Gets the element.</summary>
    public Element Element { get; }

    /// <summary>Gets the shells of orbitals.</summary>
    public ImmutableArray<AtomicShell> Shells { get; }

    /// <summary>Gets the number of orbitals without spin, the sum of 2l + 1 over the shells.</summary>
    public int Orbitals { get; }

    /// <summary>Gets the number of electrons in bands.</summary>
    /// <remarks>
    /// The electrons in the shells of <see cref="Shells"/>, but 3 for the lanthanides La to Lu and 2 for Eu and Yb:
    /// the 4f electrons of lanthanides stay in the core, and the count is the charge of the ion in a solid.
    /// </remarks>
    public double ValenceElectrons { get; }

    /// <summary>Gets U = dε/dn of the highest occupied valence shell in hartree, at least 0.1.</summary>
    public double Hardness { get; }

    /// <summary>Gets r₀ of the confining potential (r/r₀)² in bohr.</summary>
    public double ConfinementRadius { get; }

    /// <summary>Gets the density of electrons in 1/bohr³ on the <see cref="LogarithmicGrid"/>.</summary>
    public double[] Density { get; }

    /// <summary>Gets the electrostatic potential times the radius in hartree · bohr on the <see cref="LogarithmicGrid"/>.</summary>
    public double[] Potential { get; }

    /// <summary>Says whether there is an atom of an element.</summary>
    /// <param name="element">The element.</param>
    /// <returns>Whether its atomic number is at most <see cref="LargestAtomicNumber"/>.</returns>
    public static bool Covers(Element element) => element.AtomicNumber <= LargestAtomicNumber;

    /// <summary>Gets the atom of an element, which is solved at the first use.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The atom; always the same one.</returns>
    /// <exception cref="ArgumentException">The element is not covered.</exception>
    public static BandAtom Of(Element element) => Covers(element)
        ? Atoms[element.AtomicNumber - 1].Value
        : throw new ArgumentException($"{element} is beyond {Element.FromAtomicNumber(LargestAtomicNumber)}, the last element with an atom.", nameof(element));

    private static double FindHardness(RadialAtom atom)
    {
        var valence = BandConfiguration.Valence(atom.AtomicNumber);
        var highest = atom.Shells
            .Where(shell => valence.Contains((shell.Principal, shell.Azimuthal)))
            .MaxBy(shell => atom.Energy(shell.Principal, shell.Azimuthal));
        var charged = RadialAtom.Solve(atom.AtomicNumber, atom.Shells.Replace(highest, highest with { Electrons = highest.Electrons - Charge }), atom);
        var change = atom.Energy(highest.Principal, highest.Azimuthal) - charged.Energy(highest.Principal, highest.Azimuthal);
        return Math.Max(change / Charge, SmallestHardness);
    }

    private AtomicShell Confine(RadialAtom atom, int principal, int azimuthal)
    {
        var (basis, states) = (atom.Basis, principal - azimuthal);
        var radii = basis.Radii;
        var confinement = Confinement(radii, ConfinementRadius);
        var free = RadialAtom.Orbitals(basis, atom.Potential, [], azimuthal, states);
        var confined = RadialAtom.Orbitals(basis, atom.Potential, confinement, azimuthal, states);
        var function = basis.Expand(confined.Coefficients[^1]);
        var sign = SignOutside(basis, function);
        for (var point = 0; point < radii.Length; point++)
        {
            function[point] *= sign / radii[point];
        }

        return new()
        {
            Principal = principal,
            Azimuthal = azimuthal,
            Energy = free.Energies[^1],
            ConfinedEnergy = confined.Energies[^1],
            SpinOrbit = SpinOrbit(atom, principal, azimuthal),
            Occupation = atom.Shells.FirstOrDefault(shell => shell.Principal == principal && shell.Azimuthal == azimuthal).Electrons,
            Radial = LogarithmicGrid.Sample(radii, function),
        };
    }

    private double SpinOrbit(RadialAtom atom, int principal, int azimuthal)
    {
        if (azimuthal == 0)
        {
            return 0;
        }

        var confinement = Confinement(atom.Basis.Radii, ConfinementRadius * SpinOrbitFactor / ConfinementFactor);
        var states = RadialAtom.Orbitals(atom.Basis, atom.Potential, confinement, azimuthal, principal - azimuthal);
        return atom.SpinOrbit(atom.Basis.Expand(states.Coefficients[^1]));
    }

    private static double[] Confinement(ReadOnlySpan<double> radii, double radius)
    {
        var potential = new double[radii.Length];
        for (var point = 0; point < radii.Length; point++)
        {
            potential[point] = radii[point] * radii[point] / (radius * radius);
        }

        return potential;
    }

    // The sign where the orbital is largest outside the core: 0.3 bohr leaves the inner lobes of heavy atoms out.
    private static int SignOutside(RadialBasis basis, double[] function)
    {
        var largest = 0.0;
        for (var point = 0; point < function.Length; point++)
        {
            if (basis.Radii[point] > 0.3 && Math.Abs(function[point]) > Math.Abs(largest))
            {
                largest = function[point];
            }
        }

        return Math.Sign(largest);
    }
}
