using System.Numerics;

namespace Faithful.Crystals.Bands;

/// <summary>
/// The states around the Fermi level at one momentum with spin-orbit interaction, which mixes those of a window, and the occupied ones among
/// all as operations see them.
/// </summary>
internal sealed class SpinOrbitStates
{
    private const int Window = 24; // states without spin below and above the Fermi level that are mixed
    private const double Together = 1e-5; // hartree: levels that are not parted by the window's ends

    /// <summary>Levels closer than this count as one, hartree (5 meV): no gap.</summary>
    public const double Degeneracy = 0.005 / HartreeInElectronvolts;

    /// <summary>One hartree in eV (CODATA 2018).</summary>
    public const double HartreeInElectronvolts = 27.211386245988;

    private readonly BandCell cell;
    private readonly int orbitals;
    private readonly int window;
    private readonly double[] states; // of the window without spin; shape (window, orbitals)
    private readonly double[] dual; // the same times the overlap
    private readonly double[] real; // of the mixed states; shape (2 window, 2 window), first those of spin up
    private readonly double[] imaginary;
    private readonly double[] below; // Σ of the states below the window: states × dual; shape (orbitals, orbitals)
    private double[]? sameReal; // Σ over occupied states, spin up with spin up
    private double[]? sameImaginary;
    private double[]? flipReal; // spin up with spin down
    private double[]? flipImaginary;

    /// <summary>Initializes a new instance of the <see cref="SpinOrbitStates"/> class.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="bands">The bands without spin.</param>
    /// <param name="star">The momentum, by its star.</param>
    public SpinOrbitStates(BandCell cell, SelfConsistentBands bands, int star)
    {
        this.cell = cell;
        orbitals = cell.Orbitals;
        var levels = bands.Levels[star];
        var pairs = cell.Electrons / 2;
        var (first, end) = (Math.Max(0, pairs - Window), Math.Min(orbitals, pairs + Window));
        while (first > 0 && levels[first] - levels[first - 1] < Together)
        {
            first--;
        }

        while (end < orbitals && levels[end] - levels[end - 1] < Together)
        {
            end++;
        }

        window = end - first;
        states = bands.States[star][(first * orbitals)..(end * orbitals)];
        dual = new double[window * orbitals];
        MatrixProduct.Multiply(states, bands.Overlaps[star], dual, window, orbitals, orbitals);
        below = Below(bands, star, first);
        Occupied = 2 * (pairs - first);
        Levels = new double[2 * window];
        (real, imaginary) = (new double[4 * window * window], new double[4 * window * window]);
        Mix(levels.AsSpan(first, window));
        GapWithoutSpin = pairs < orbitals ? levels[pairs] - levels[pairs - 1] : double.PositiveInfinity;
    }

    /// <summary>Gets the levels of the window, hartree, ascending.</summary>
    public double[] Levels { get; }

    /// <summary>Gets how many of them are occupied.</summary>
    public int Occupied { get; }

    /// <summary>Gets the gap at the filling without spin-orbit interaction, hartree.</summary>
    public double GapWithoutSpin { get; }

    /// <summary>Gets the highest occupied level, hartree.</summary>
    public double Top => Levels[Occupied - 1];

    /// <summary>Gets the lowest empty level, hartree, infinite for none.</summary>
    public double Bottom => Occupied < Levels.Length ? Levels[Occupied] : double.PositiveInfinity;

    /// <summary>Computes the trace of an operation over the occupied states; real, because they come in pairs of time reversal.</summary>
    /// <param name="operation">An operation that leaves the momentum where it is.</param>
    /// <param name="momentum">The momentum.</param>
    /// <returns>The trace; where occupied and empty states are degenerate, each counts in part.</returns>
    public double Trace(BandOperation operation, int momentum)
    {
        if (sameReal is null)
        {
            SumOccupied();
        }

        var (spinless, sameRe, sameIm, flipRe, flipIm) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (row, column, value) in Entries(operation, momentum))
        {
            var place = (column * orbitals) + row;
            spinless += value * below[place];
            sameRe += value * sameReal![place];
            sameIm += value * sameImaginary![place];
            flipRe += value * flipReal![place];
            flipIm += value * flipImaginary![place];
        }

        return 2 * ((operation.SpinUp.Real * spinless)
            + (operation.SpinUp * new Complex(sameRe, sameIm)).Real
            + (operation.SpinDown * new Complex(flipRe, flipIm)).Real);
    }

    /// <summary>Computes the mean parity of the highest occupied and of the lowest empty level.</summary>
    /// <param name="inversion">The inversion.</param>
    /// <param name="momentum">The momentum.</param>
    /// <returns>From −1 to 1; 0 for a level that does not exist.</returns>
    public (double Top, double Bottom) Parities(BandOperation inversion, int momentum)
    {
        var turned = new double[window * orbitals];
        foreach (var (row, column, value) in Entries(inversion, momentum))
        {
            for (var state = 0; state < window; state++)
            {
                turned[(state * orbitals) + row] += value * states[(state * orbitals) + column];
            }
        }

        var parities = new double[window * window];
        MatrixProduct.MultiplyTransposed(dual, turned, parities, window, orbitals, window);
        double Mean(double level)
        {
            var (sum, count) = (0.0, 0);
            for (var state = 0; state < Levels.Length; state++)
            {
                if (Math.Abs(Levels[state] - level) < Degeneracy)
                {
                    sum += Expectation(parities, state);
                    count++;
                }
            }

            return sum / Math.Max(1, count);
        }

        return (Mean(Top), double.IsFinite(Bottom) ? Mean(Bottom) : 0);
    }

    private double Expectation(double[] matrix, int state)
    {
        var sum = 0.0;
        for (var spin = 0; spin < 2; spin++)
        {
            var offset = (state * 2 * window) + (spin * window);
            for (var a = 0; a < window; a++)
            {
                for (var b = 0; b < window; b++)
                {
                    sum += matrix[(a * window) + b] * ((real[offset + a] * real[offset + b]) + (imaginary[offset + a] * imaginary[offset + b]));
                }
            }
        }

        return sum;
    }

    private double[] Below(SelfConsistentBands bands, int star, int count)
    {
        var sum = new double[orbitals * orbitals];
        if (count > 0)
        {
            var density = new double[orbitals * orbitals];
            var columns = new double[orbitals * count];
            for (var state = 0; state < count; state++)
            {
                for (var orbital = 0; orbital < orbitals; orbital++)
                {
                    columns[(orbital * count) + state] = bands.States[star][(state * orbitals) + orbital];
                }
            }

            MatrixProduct.Multiply(columns, bands.States[star].AsSpan(0, count * orbitals), density, orbitals, count, orbitals);
            MatrixProduct.Multiply(density, bands.Overlaps[star], sum, orbitals, orbitals, orbitals);
        }

        return sum;
    }

    // H = E + ½ Σ L·σ over the axes with L = iA: with spin up first, (E + ½iA_z, ½iA_x + ½A_y; ½iA_x − ½A_y, E − ½iA_z).
    private void Mix(ReadOnlySpan<double> levels)
    {
        var size = 2 * window;
        var (hamiltonianReal, hamiltonianImaginary) = (new double[size * size], new double[size * size]);
        double[][] momenta = [Momentum(0), Momentum(1), Momentum(2)];
        for (var a = 0; a < window; a++)
        {
            hamiltonianReal[a * (size + 1)] = hamiltonianReal[(a + window) * (size + 1)] = levels[a];
            for (var b = 0; b < window; b++)
            {
                var place = (a * window) + b;
                hamiltonianImaginary[(a * size) + b] = 0.5 * momenta[2][place];
                hamiltonianImaginary[((a + window) * size) + b + window] = -0.5 * momenta[2][place];
                hamiltonianImaginary[(a * size) + b + window] = hamiltonianImaginary[((a + window) * size) + b] = 0.5 * momenta[0][place];
                hamiltonianReal[(a * size) + b + window] = 0.5 * momenta[1][place];
                hamiltonianReal[((a + window) * size) + b] = -0.5 * momenta[1][place];
            }
        }

        HermitianEigenSolver.Solve(hamiltonianReal, hamiltonianImaginary, size, Levels, real, imaginary);
    }

    private double[] Momentum(int axis)
    {
        var turned = new double[window * orbitals];
        for (var atom = 0; atom < cell.Atoms.Length; atom++)
        {
            var orbital = cell.FirstOrbital[atom];
            foreach (var shell in cell.Atoms[atom].Shells)
            {
                var size = (2 * shell.Azimuthal) + 1;
                var matrix = RealHarmonics.Momentum(shell.Azimuthal, axis);
                for (var state = 0; state < window && shell.Azimuthal > 0; state++)
                {
                    var offset = (state * orbitals) + orbital;
                    for (var row = 0; row < size; row++)
                    {
                        for (var column = 0; column < size; column++)
                        {
                            turned[offset + row] += shell.SpinOrbit * matrix[(row * size) + column] * states[offset + column];
                        }
                    }
                }

                orbital += size;
            }
        }

        var momentum = new double[window * window];
        MatrixProduct.MultiplyTransposed(states, turned, momentum, window, orbitals, window);
        return momentum;
    }

    private void SumOccupied()
    {
        var size = 2 * window;
        double[] sums = new double[window * window], sumsImaginary = new double[window * window];
        double[] flips = new double[window * window], flipsImaginary = new double[window * window];
        var middle = (Top + Bottom) / 2;
        var isDegenerate = Bottom - Top < Degeneracy;
        var fraction = isDegenerate
            ? (double)(Occupied - Levels.Count(level => level < middle - Degeneracy)) / Levels.Count(level => Math.Abs(level - middle) <= Degeneracy)
            : 0;
        for (var state = 0; state < size; state++)
        {
            var weight = !isDegenerate ? (state < Occupied ? 1 : 0)
                : Levels[state] < middle - Degeneracy ? 1
                : Levels[state] <= middle + Degeneracy ? fraction : 0;
            if (weight == 0)
            {
                break;
            }

            var re = real.AsSpan(state * size, size);
            var im = imaginary.AsSpan(state * size, size);
            for (var a = 0; a < window; a++)
            {
                for (var b = 0; b < window; b++)
                {
                    var place = (a * window) + b;
                    sums[place] += weight * ((re[a] * re[b]) + (im[a] * im[b]));
                    sumsImaginary[place] += weight * ((im[a] * re[b]) - (re[a] * im[b]));
                    flips[place] += weight * ((re[a] * re[b + window]) + (im[a] * im[b + window]));
                    flipsImaginary[place] += weight * ((im[a] * re[b + window]) - (re[a] * im[b + window]));
                }
            }
        }

        (sameReal, sameImaginary) = (InOrbitals(sums), InOrbitals(sumsImaginary));
        (flipReal, flipImaginary) = (InOrbitals(flips), InOrbitals(flipsImaginary));
    }

    // statesᵀ · matrix · dual.
    private double[] InOrbitals(double[] matrix)
    {
        var half = new double[window * orbitals];
        MatrixProduct.Multiply(matrix, dual, half, window, window, orbitals);
        var transposed = new double[orbitals * window];
        for (var state = 0; state < window; state++)
        {
            for (var orbital = 0; orbital < orbitals; orbital++)
            {
                transposed[(orbital * window) + state] = states[(state * orbitals) + orbital];
            }
        }

        var result = new double[orbitals * orbitals];
        MatrixProduct.Multiply(transposed, half, result, orbitals, window, orbitals);
        return result;
    }

    // What the operation does to Bloch sums of orbitals, without spin: takes that of the column to the row.
    private IEnumerable<(int Row, int Column, double Value)> Entries(BandOperation operation, int momentum)
    {
        for (var atom = 0; atom < cell.Atoms.Length; atom++)
        {
            var image = operation.Images[atom];
            var phase = InvariantMomenta.Phase(momentum, operation.Shifts[3 * atom], operation.Shifts[(3 * atom) + 1], operation.Shifts[(3 * atom) + 2]);
            var (column, row) = (cell.FirstOrbital[atom], cell.FirstOrbital[image]);
            foreach (var shell in cell.Atoms[atom].Shells)
            {
                var size = (2 * shell.Azimuthal) + 1;
                var turn = operation.Harmonics[shell.Azimuthal];
                for (var i = 0; i < size; i++)
                {
                    for (var j = 0; j < size; j++)
                    {
                        yield return (row + i, column + j, phase * turn[(i * size) + j]);
                    }
                }

                column += size;
                row += size;
            }
        }
    }
}
