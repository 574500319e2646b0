namespace Faithful.Crystals.Bands;

/// <summary>The lowest solutions of H c = E S c for symmetric band matrices of radial functions.</summary>
/// <remarks>
/// Sylvester's law of inertia counts the eigenvalues below an energy from the signs of the pivots of H − E S; bisection separates the
/// eigenvalues, and inverse iteration with Rayleigh quotients finishes. B. N. Parlett, The Symmetric Eigenvalue Problem (1980), chapters 3 and 4.
/// </remarks>
internal sealed class RadialEigenproblem
{
    private const int Width = RadialBasis.Order;
    private const int Count = RadialBasis.Count;

    private readonly double[] hamiltonian;
    private readonly double[] overlap;
    private readonly double[] factors = new double[(Count + Width) * Width];

    /// <summary>Initializes a new instance of the <see cref="RadialEigenproblem"/> class.</summary>
    /// <param name="hamiltonian">The upper band of H; shape (RadialBasis.Count, RadialBasis.Order).</param>
    /// <param name="overlap">The upper band of S, positive definite; the same shape.</param>
    public RadialEigenproblem(double[] hamiltonian, double[] overlap)
    {
        this.hamiltonian = hamiltonian;
        this.overlap = overlap;
    }

    /// <summary>Solves for the lowest states.</summary>
    /// <param name="states">Their number.</param>
    /// <returns>The energies, ascending, and the vectors, normalised with the overlap.</returns>
    public (double[] Energies, double[][] Vectors) Lowest(int states)
    {
        var (lower, upper) = Brackets(states);
        var energies = new double[states];
        var vectors = new double[states][];
        for (var state = 0; state < states; state++)
        {
            // Narrow enough that inverse iteration cannot stray to a neighbour.
            while (upper[state] - lower[state] > 1e-4 * (1 + Math.Abs(lower[state])))
            {
                Narrow(lower, upper, (lower[state] + upper[state]) / 2);
            }

            (energies[state], vectors[state]) = Refine((lower[state] + upper[state]) / 2);
        }

        return (energies, vectors);
    }

    private (double[] Lower, double[] Upper) Brackets(int states)
    {
        var (lowest, highest) = (-1.0, 1.0);
        while (Factorize(lowest) > 0)
        {
            lowest *= 4;
        }

        while (Factorize(highest) < states)
        {
            highest *= 4;
        }

        var lower = new double[states];
        var upper = new double[states];
        Array.Fill(lower, lowest);
        Array.Fill(upper, highest);
        return (lower, upper);
    }

    private void Narrow(double[] lower, double[] upper, double energy)
    {
        var below = Factorize(energy);
        for (var state = 0; state < lower.Length; state++)
        {
            if (state < below)
            {
                upper[state] = Math.Min(upper[state], energy);
            }
            else
            {
                lower[state] = Math.Max(lower[state], energy);
            }
        }
    }

    private (double Energy, double[] Vector) Refine(double energy)
    {
        var vector = new double[Count];
        var image = new double[Count];
        Array.Fill(vector, 1);
        for (var step = 0; step < 12; step++)
        {
            Factorize(energy);
            Multiply(overlap, vector, image);
            Solve(image);
            (vector, image) = (image, vector);
            Multiply(overlap, vector, image);
            var scale = 1 / Math.Sqrt(Dot(vector, image));
            for (var index = 0; index < Count; index++)
            {
                vector[index] *= scale;
            }

            if (step < 2)
            {
                continue; // the quotient of a vector that is not yet pure would lead away
            }

            Multiply(hamiltonian, vector, image);
            var quotient = Dot(vector, image);
            var change = Math.Abs(quotient - energy);
            energy = quotient;
            if (step > 2 && change <= 1e-11 * (1 + Math.Abs(energy)))
            {
                break;
            }
        }

        return (energy, vector);
    }

    // L D Lᵀ of H − E S in place; the number of negative pivots is that of the eigenvalues below E.
    private int Factorize(double energy)
    {
        for (var index = 0; index < hamiltonian.Length; index++)
        {
            factors[index] = hamiltonian[index] - (energy * overlap[index]);
        }

        var negative = 0;
        for (var column = 0; column < Count; column++)
        {
            var row = factors.AsSpan(column * Width, Width);
            if (row[0] == 0)
            {
                row[0] = 1e-300;
            }

            negative += row[0] < 0 ? 1 : 0;
            var inverse = 1 / row[0];
            for (var offset = 1; offset < Width; offset++)
            {
                var multiple = row[offset] * inverse;
                var target = factors.AsSpan((column + offset) * Width, Width - offset);
                var source = row[offset..];
                for (var index = 0; index < target.Length; index++)
                {
                    target[index] -= multiple * source[index];
                }
            }
        }

        return negative;
    }

    private void Solve(double[] vector)
    {
        for (var column = 0; column < Count; column++)
        {
            var scaled = vector[column] / factors[column * Width];
            for (var offset = 1; offset < Math.Min(Width, Count - column); offset++)
            {
                vector[column + offset] -= factors[(column * Width) + offset] * scaled;
            }
        }

        for (var column = Count - 1; column >= 0; column--)
        {
            var sum = vector[column];
            for (var offset = 1; offset < Math.Min(Width, Count - column); offset++)
            {
                sum -= factors[(column * Width) + offset] * vector[column + offset];
            }

            vector[column] = sum / factors[column * Width];
        }
    }

    private static void Multiply(double[] band, double[] vector, double[] result)
    {
        Array.Clear(result);
        for (var row = 0; row < Count; row++)
        {
            result[row] += band[row * Width] * vector[row];
            for (var offset = 1; offset < Math.Min(Width, Count - row); offset++)
            {
                var element = band[(row * Width) + offset];
                result[row] += element * vector[row + offset];
                result[row + offset] += element * vector[row];
            }
        }
    }

    private static double Dot(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var index = 0; index < first.Length; index++)
        {
            sum += first[index] * second[index];
        }

        return sum;
    }
}
