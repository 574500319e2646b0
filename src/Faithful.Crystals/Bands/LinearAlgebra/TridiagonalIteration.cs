namespace Faithful.Crystals.Bands;

/// <summary>The implicit QL iteration with Wilkinson shifts on a real symmetric tridiagonal matrix.</summary>
internal static unsafe class TridiagonalIteration
{
    private const int SweepsPerValue = 30; // on the average, at most; two are usual
    private const int MoreSweeps = 100; // a small matrix may need more for its first eigenvalue
    private const double Precision = 1.1102230246251565e-16; // half the distance from one to the next number
    private const double Smallest = 1e-20; // a coupling far below the rounding of a matrix whose largest entry is about one
    private const double SmallestSquare = 1e-280; // below, a sum of squares has lost digits

    /// <summary>Finds all eigenvalues, unsorted, and rotates the rows of <paramref name="batch"/> to the eigenvectors.</summary>
    /// <param name="diagonal">The diagonal; the eigenvalues afterwards.</param>
    /// <param name="coupling">At i the entry between i - 1 and i; destroyed.</param>
    /// <param name="order">The order.</param>
    /// <param name="batch">Gathers the rotations; they have been applied at the end.</param>
    /// <exception cref="InvalidOperationException">An eigenvalue was not found, which numbers that are not finite bring about.</exception>
    public static void Diagonalize(double* diagonal, double* coupling, int order, ref RotationBatch batch)
    {
        // From here on the entry at i is the one between i and i + 1.
        for (var i = 1; i < order; i++)
        {
            coupling[i - 1] = coupling[i];
        }

        coupling[order - 1] = 0;
        var sweepsLeft = (SweepsPerValue * order) + MoreSweeps;
        for (var low = 0; low < order; low++)
        {
            for (; ; sweepsLeft--)
            {
                var high = low;
                while (high < order - 1 && !IsSplit(diagonal, coupling, high))
                {
                    high++;
                }

                if (high == low)
                {
                    break;
                }

                if (sweepsLeft == 0)
                {
                    throw new InvalidOperationException(
                        $"Eigenvalue {low} of a matrix of order {order} was not found: are all entries finite?");
                }

                Sweep(diagonal, coupling, low, high, ref batch);
            }
        }

        batch.Apply();
    }

    // Zero couplings, as of block-diagonal matrices, split at once.
    private static bool IsSplit(double* diagonal, double* coupling, int index) =>
        Math.Abs(coupling[index]) <= Math.Max(Smallest, Precision * (Math.Abs(diagonal[index]) + Math.Abs(diagonal[index + 1])));

    private static void Sweep(double* diagonal, double* coupling, int low, int high, ref RotationBatch batch)
    {
        // The eigenvalue of the upper two-by-two block that is nearer to its first entry.
        var ratio = (diagonal[low + 1] - diagonal[low]) / (2 * coupling[low]);
        var root = double.Hypot(ratio, 1);
        var g = diagonal[high] - diagonal[low] + (coupling[low] / (ratio + Math.CopySign(root, ratio)));
        var (sine, cosine, shift) = (1.0, 1.0, 0.0);
        var (sineSquare, next) = (1.0, diagonal[high]);
        batch.Begin(high - low);
        for (var i = high - 1; i >= low; i--)
        {
            var f = sine * coupling[i];
            var b = cosine * coupling[i];
            double length, product, cosineSquare;

            // What the next step waits for are squares of sine and cosine and their product, which need no root.
            var square = (g * g) + (sineSquare * (coupling[i] * coupling[i]));
            if (square > SmallestSquare)
            {
                var inverse = 1 / square;
                length = Math.Sqrt(square);
                cosineSquare = g * g * inverse;
                sineSquare = f * f * inverse;
                product = f * g * inverse;
                sine = f / length;
                cosine = g / length;
            }
            else if ((length = double.Hypot(f, g)) > 0)
            {
                sine = f / length;
                cosine = g / length;
                (cosineSquare, sineSquare, product) = (cosine * cosine, sine * sine, cosine * sine);
            }
            else
            {
                // The bulge is gone: the matrix has split here.
                coupling[i + 1] = 0;
                diagonal[i + 1] -= shift;
                coupling[high] = 0;
                batch.End(high - 1);
                return;
            }

            coupling[i + 1] = length;
            batch.Add(cosine, sine);
            g = next - shift;
            next = diagonal[i];
            var difference = next - g;
            shift = (sineSquare * difference) + (2 * product * b);
            diagonal[i + 1] = g + shift;
            g = (product * difference) + (((2 * cosineSquare) - 1) * b);
        }

        diagonal[low] -= shift;
        coupling[low] = g;
        coupling[high] = 0;
        batch.End(high - 1);
    }
}
