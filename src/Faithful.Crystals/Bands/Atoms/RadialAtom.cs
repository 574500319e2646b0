using System.Collections.Immutable;

namespace Faithful.Crystals.Bands;

/// <summary>A spherical atom in the local density approximation, scalar-relativistic.</summary>
/// <remarks>
/// Relativity: the zeroth-order regular approximation p c²/(2c² − V) p in place of p²/2, E. van Lenthe, E. J. Baerends and J. G. Snijders,
/// J. Chem. Phys. 99, 4597 (1993). Hartree atomic units throughout.
/// </remarks>
internal sealed class RadialAtom
{
    /// <summary>The speed of light in atomic units, the inverse of the fine-structure constant.</summary>
    public const double SpeedOfLight = 137.035999;

    private const double Damping = 0.35;
    private const int LargestIterations = 100;
    private const double Accuracy = 1e-6;

    private readonly Dictionary<(int Principal, int Azimuthal), double> energies = [];

    private RadialAtom(int atomicNumber, RadialBasis basis, double[] potential, ImmutableArray<ShellOccupation> shells)
    {
        (AtomicNumber, Basis, Potential, Shells) = (atomicNumber, basis, potential, shells);
        Density = new double[potential.Length];
        Electrostatic = new double[potential.Length];
    }

    /// <summary>Gets the charge of the nucleus.</summary>
    public int AtomicNumber { get; }

    /// <summary>Gets the functions that the orbitals are made of, with the points of <see cref="Potential"/> and the other functions.</summary>
    public RadialBasis Basis { get; }

    /// <summary>Gets the shells with electrons.</summary>
    public ImmutableArray<ShellOccupation> Shells { get; }

    /// <summary>Gets the whole potential in hartree.</summary>
    public double[] Potential { get; private set; }

    /// <summary>Gets the potential of the nucleus and the charge of the electrons in hartree.</summary>
    public double[] Electrostatic { get; }

    /// <summary>Gets the density of electrons in 1/bohr³.</summary>
    public double[] Density { get; }

    /// <summary>Gets a value indicating whether the potential and its own density agree.</summary>
    public bool Converged { get; private set; }

    /// <summary>Solves an atom self-consistently.</summary>
    /// <param name="atomicNumber">The charge of the nucleus.</param>
    /// <param name="shells">The shells with electrons.</param>
    /// <param name="start">A similar atom of the same element to begin with, or null.</param>
    /// <returns>The atom.</returns>
    public static RadialAtom Solve(int atomicNumber, ImmutableArray<ShellOccupation> shells, RadialAtom? start = null)
    {
        var basis = start?.Basis ?? new RadialBasis(atomicNumber);
        var atom = new RadialAtom(atomicNumber, basis, start?.Potential ?? ThomasFermi(atomicNumber, basis), shells);
        atom.Iterate();
        return atom;
    }

    /// <summary>Gets the energy of an occupied shell.</summary>
    /// <param name="principal">The principal quantum number.</param>
    /// <param name="azimuthal">The azimuthal quantum number.</param>
    /// <returns>The eigenvalue in hartree.</returns>
    public double Energy(int principal, int azimuthal) => energies[(principal, azimuthal)];

    /// <summary>Solves for the lowest orbitals of one azimuthal quantum number in a potential.</summary>
    /// <param name="basis">The functions that they are made of.</param>
    /// <param name="potential">The potential of the atom in hartree, which makes the electrons heavy.</param>
    /// <param name="confinement">A potential on top of it in hartree, or nothing.</param>
    /// <param name="azimuthal">The azimuthal quantum number.</param>
    /// <param name="states">The number of orbitals.</param>
    /// <returns>The energies, ascending, and the coefficients of the splines.</returns>
    public static (double[] Energies, double[][] Coefficients) Orbitals(
        RadialBasis basis,
        ReadOnlySpan<double> potential,
        ReadOnlySpan<double> confinement,
        int azimuthal,
        int states)
    {
        var radii = basis.Radii;
        var kinetic = new double[radii.Length];
        var function = new double[radii.Length];
        for (var point = 0; point < radii.Length; point++)
        {
            kinetic[point] = 0.5 * InverseMass(potential[point]);
            function[point] = (kinetic[point] * azimuthal * (azimuthal + 1) / (radii[point] * radii[point]))
                + potential[point]
                + (confinement.IsEmpty ? 0 : confinement[point]);
        }

        return new RadialEigenproblem(basis.Band(function, kinetic), basis.Overlap).Lowest(states);
    }

    /// <summary>Gets the factor of the kinetic energy in the zeroth-order regular approximation, 1/(1 − V/2c²).</summary>
    /// <param name="potential">V in hartree.</param>
    /// <returns>The factor; 1 where relativity does not matter.</returns>
    public static double InverseMass(double potential) => 1 / (1 - (potential / (2 * SpeedOfLight * SpeedOfLight)));

    /// <summary>Computes the constant ξ of the spin-orbit coupling ξ L·S of an orbital in the zeroth-order regular approximation.</summary>
    /// <param name="orbital">The normalised radial function u at the points.</param>
    /// <returns>ξ = ∫ u² K²/(2c²) (dV/dr)/r dr in hartree, with K of <see cref="InverseMass"/>.</returns>
    public double SpinOrbit(ReadOnlySpan<double> orbital)
    {
        var radii = Basis.Radii;
        var integrand = new double[orbital.Length];
        for (var point = 0; point < orbital.Length; point++)
        {
            // The slope of the parabola through three points; of the line through two at the ends.
            var (before, after) = (Math.Max(point - 1, 0), Math.Min(point + 1, orbital.Length - 1));
            var (left, right) = (radii[point] - radii[before], radii[after] - radii[point]);
            var leftPart = left > 0 ? (Potential[point] - Potential[before]) / left : 0;
            var rightPart = right > 0 ? (Potential[after] - Potential[point]) / right : 0;
            var slope = left == 0 ? rightPart : right == 0 ? leftPart : ((left * rightPart) + (right * leftPart)) / (left + right);
            var relativistic = InverseMass(Potential[point]) * orbital[point] / SpeedOfLight;
            integrand[point] = relativistic * relativistic / 2 * slope / radii[point];
        }

        return Basis.Integrate(integrand);
    }

    // The screened nucleus of Thomas and Fermi with the fit of R. Latter, Phys. Rev. 99, 510 (1955).
    private static double[] ThomasFermi(int atomicNumber, RadialBasis basis)
    {
        var potential = new double[basis.Radii.Length];
        for (var point = 0; point < potential.Length; point++)
        {
            var radius = basis.Radii[point];
            var x = radius / 0.88534 * Math.Cbrt(atomicNumber);
            var root = Math.Sqrt(x);
            var screening = 1 + (root * (0.02747 + (root * (1.243 + (root * (-0.1486 + (root * (0.2302 + (root * (0.007298 + (root * 0.006944)))))))))));
            potential[point] = -Math.Max(atomicNumber / screening, 1) / radius;
        }

        return potential;
    }

    private void Iterate()
    {
        var weights = new double[Potential.Length];
        for (var point = 0; point < weights.Length; point++)
        {
            weights[point] = Basis.Weights[point] * Basis.Radii[point];
        }

        var mixing = new AndersonMixing(weights, Damping);
        for (var iteration = 0; iteration < LargestIterations; iteration++)
        {
            var residual = Residual();
            var square = 0.0;
            for (var point = 0; point < weights.Length; point++)
            {
                square += weights[point] * residual[point] * residual[point];
            }

            Converged = square < Accuracy * Accuracy;
            if (Converged)
            {
                return;
            }

            Potential = mixing.Next(Potential, residual);
        }
    }

    // The potential of the density that the present potential makes, less that potential.
    private double[] Residual()
    {
        var radii = Basis.Radii;
        var charge = RadialDensity();
        var overRadius = new double[charge.Length];
        for (var point = 0; point < charge.Length; point++)
        {
            overRadius[point] = charge[point] / radii[point];
        }

        var (inside, _) = Basis.Accumulate(charge);
        var (outside, whole) = Basis.Accumulate(overRadius);
        var residual = new double[charge.Length];
        for (var point = 0; point < charge.Length; point++)
        {
            Density[point] = charge[point] / (4 * Math.PI * radii[point] * radii[point]);
            Electrostatic[point] = ((inside[point] - AtomicNumber) / radii[point]) + whole - outside[point];
            residual[point] = Electrostatic[point] + LocalDensity.Potential(Density[point]) - Potential[point];
        }

        return residual;
    }

    private double[] RadialDensity()
    {
        var charge = new double[Potential.Length];
        foreach (var group in Shells.GroupBy(shell => shell.Azimuthal))
        {
            var azimuthal = group.Key;
            var (values, vectors) = Orbitals(Basis, Potential, [], azimuthal, group.Max(shell => shell.Principal) - azimuthal);
            foreach (var shell in group)
            {
                var state = shell.Principal - azimuthal - 1;
                energies[(shell.Principal, azimuthal)] = values[state];
                var orbital = Basis.Expand(vectors[state]);
                for (var point = 0; point < charge.Length; point++)
                {
                    charge[point] += shell.Electrons * orbital[point] * orbital[point];
                }
            }
        }

        return charge;
    }
}
