namespace Faithful.Crystals.Bands;

/// <summary>
/// Bands without spin at one momentum of each star, in the potential of the charges that they make themselves (density-functional tight
/// binding of second order: M. Elstner et al., Phys. Rev. B 58, 7260 (1998)).
/// </summary>
internal sealed class SelfConsistentBands
{
    private const int MostIterations = 40;
    private const double Damping = 0.25;
    private const double Tolerance = 1e-4; // electrons of an atom
    private const double Smearing = 0.01; // hartree: the eight momenta of a metal are few

    private readonly BandCell cell;
    private readonly InvariantMomenta momenta;
    private readonly BlochMatrices matrices;
    private readonly double[][] factors; // inverse Cholesky factors of the overlaps

    private SelfConsistentBands(BandCell cell, InvariantMomenta momenta, BlochMatrices matrices, double[][] factors)
    {
        this.cell = cell;
        this.momenta = momenta;
        this.matrices = matrices;
        this.factors = factors;
        Levels = [.. momenta.Representatives.Select(_ => new double[cell.Orbitals])];
        States = [.. momenta.Representatives.Select(_ => new double[cell.Orbitals * cell.Orbitals])];
        Charges = new double[cell.Atoms.Length];
    }

    /// <summary>Gets the overlap of the Bloch sums at each representative momentum; shape (stars), (orbitals, orbitals).</summary>
    public double[][] Overlaps => matrices.Overlaps;

    /// <summary>Gets the levels at each representative momentum, hartree, ascending; shape (stars), (orbitals).</summary>
    public double[][] Levels { get; }

    /// <summary>Gets the states, orthonormal with the overlap; shape (stars), (states, orbitals).</summary>
    public double[][] States { get; }

    /// <summary>Gets how many electrons each atom has more than a free one (Mulliken); shape (atoms).</summary>
    public double[] Charges { get; private set; }

    /// <summary>Gets how far the charges were from being those of their own potential, electrons.</summary>
    public double Residual { get; private set; }

    /// <summary>Solves for the bands.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="momenta">Its momenta.</param>
    /// <returns>The bands; null where the orbitals are too close to be independent, or charges do not become those of their own potential.</returns>
    public static SelfConsistentBands? Solve(BandCell cell, InvariantMomenta momenta)
    {
        var matrices = new BlochMatrices(cell, momenta.Representatives);
        double[][] factors = [.. matrices.Overlaps.Select(overlap => new double[overlap.Length])];
        if (!matrices.Overlaps.Zip(factors).All(pair => GeneralizedEigenSolver.TryFactor(pair.First, cell.Orbitals, pair.Second)))
        {
            return null;
        }

        var bands = new SelfConsistentBands(cell, momenta, matrices, factors);
        return bands.Iterate() ? bands : null;
    }

    private bool Iterate()
    {
        var atoms = cell.Atoms.Length;
        var interaction = ChargeInteraction.Matrix(cell);
        var charges = new double[atoms];
        var mixing = new AndersonMixing([.. Enumerable.Repeat(1.0, atoms)], Damping);
        for (var iteration = 0; ; iteration++)
        {
            var potential = new double[atoms];
            for (var atom = 0; atom < atoms; atom++)
            {
                for (var other = 0; other < atoms; other++)
                {
                    potential[atom] += interaction[(atom * atoms) + other] * charges[other];
                }
            }

            SolveLevels(potential);
            var made = MadeCharges();
            double[] residual = [.. made.Zip(charges, (after, before) => after - before)];
            (Charges, Residual) = (charges, residual.Max(Math.Abs));
            if (Residual < Tolerance || iteration == MostIterations)
            {
                return Residual < Tolerance;
            }

            charges = mixing.Next(charges, residual);
        }
    }

    private void SolveLevels(double[] potential)
    {
        var orbitals = cell.Orbitals;
        var ofOrbital = new double[orbitals];
        for (var atom = 0; atom < potential.Length; atom++)
        {
            ofOrbital.AsSpan(cell.FirstOrbital[atom]..cell.FirstOrbital[atom + 1]).Fill(potential[atom]);
        }

        var hamiltonian = new double[orbitals * orbitals];
        for (var star = 0; star < Levels.Length; star++)
        {
            matrices.Hamiltonians[star].CopyTo(hamiltonian, 0);
            for (var row = 0; row < orbitals; row++)
            {
                for (var column = 0; column < orbitals; column++)
                {
                    var place = (row * orbitals) + column;
                    hamiltonian[place] += 0.5 * matrices.Overlaps[star][place] * (ofOrbital[row] + ofOrbital[column]);
                }
            }

            GeneralizedEigenSolver.Solve(hamiltonian, factors[star], orbitals, Levels[star], States[star]);
        }
    }

    // Mulliken's charges of the occupied states at all momenta, the same on equivalent atoms.
    private double[] MadeCharges()
    {
        var (orbitals, atoms) = (cell.Orbitals, cell.Atoms.Length);
        var fermi = FermiLevel();
        var electrons = new double[atoms];
        var product = new double[orbitals * orbitals];
        for (var star = 0; star < Levels.Length; star++)
        {
            var occupied = Levels[star].Count(level => Occupation(level, fermi) > 1e-12);
            MatrixProduct.Multiply(States[star], matrices.Overlaps[star], product, occupied, orbitals, orbitals);
            for (var state = 0; state < occupied; state++)
            {
                var share = 2.0 * momenta.Weights[star] / InvariantMomenta.Count * Occupation(Levels[star][state], fermi);
                for (var atom = 0; atom < atoms; atom++)
                {
                    var sum = 0.0;
                    for (var orbital = cell.FirstOrbital[atom]; orbital < cell.FirstOrbital[atom + 1]; orbital++)
                    {
                        sum += States[star][(state * orbitals) + orbital] * product[(state * orbitals) + orbital];
                    }

                    electrons[atom] += share * sum;
                }
            }
        }

        var charges = new double[atoms];
        foreach (var operation in cell.Operations)
        {
            for (var atom = 0; atom < atoms; atom++)
            {
                charges[operation.Images[atom]] += (electrons[atom] - cell.Atoms[atom].ValenceElectrons) / cell.Operations.Length;
            }
        }

        return charges;
    }

    private double FermiLevel()
    {
        var (low, high) = (Levels.Min(levels => levels[0]) - 1, Levels.Max(levels => levels[^1]) + 1);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            var electrons = 0.0;
            for (var star = 0; star < Levels.Length; star++)
            {
                electrons += 2.0 * momenta.Weights[star] / InvariantMomenta.Count * Levels[star].Sum(level => Occupation(level, middle));
            }

            (low, high) = electrons > cell.Electrons ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }

    private static double Occupation(double level, double fermi) => 1 / (1 + Math.Exp(Math.Clamp((level - fermi) / Smearing, -50, 50)));
}
