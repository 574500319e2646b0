namespace Faithful.Crystals.Bands;

/// <summary>
/// The next guess for a quantity that has to reproduce itself: the combination of past guesses whose residuals would cancel best, and a part of
/// what is left (D. G. Anderson, J. ACM 12, 547 (1965)).
/// </summary>
internal static class AndersonMixing
{
    private const double Ridge = 1e-10; // relative: residuals become parallel as they become small

    /// <summary>Finds the next guess.</summary>
    /// <param name="past">Guesses and what they made minus themselves, the last guess last; at least one.</param>
    /// <param name="damping">Which part of the residual is added.</param>
    /// <returns>The guess.</returns>
    public static double[] Next(IReadOnlyList<(double[] Guess, double[] Residual)> past, double damping)
    {
        var (guess, residual) = past[^1];
        var others = past.Count - 1;
        var next = new double[guess.Length];
        var weights = Weights(past);
        for (var i = 0; i < next.Length; i++)
        {
            var (sum, left) = (guess[i], residual[i]);
            for (var other = 0; other < others; other++)
            {
                sum += weights[other] * (past[other].Guess[i] - guess[i]);
                left += weights[other] * (past[other].Residual[i] - residual[i]);
            }

            next[i] = sum + (damping * left);
        }

        return next;
    }

    // Least squares: minimise |r + Σ w (r_other - r)|, by the normal equations.
    private static double[] Weights(IReadOnlyList<(double[] Guess, double[] Residual)> past)
    {
        var residual = past[^1].Residual;
        var others = past.Count - 1;
        double[][] differences = [.. past.Take(others).Select(entry => entry.Residual.Zip(residual, (a, b) => a - b).ToArray())];
        var rows = new double[others][];
        for (var i = 0; i < others; i++)
        {
            rows[i] = [.. differences.Select(other => Dot(differences[i], other)), -Dot(differences[i], residual)];
            rows[i][i] *= 1 + Ridge;
        }

        return Eliminate(rows);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    // Gauss with pivots; a row that is nothing has the weight 0.
    private static double[] Eliminate(double[][] rows)
    {
        var size = rows.Length;
        for (var column = 0; column < size; column++)
        {
            var best = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[best]) = (rows[best], rows[column]);
            if (rows[column][column] == 0)
            {
                continue;
            }

            for (var row = 0; row < size; row++)
            {
                var factor = row == column ? 0 : rows[row][column] / rows[column][column];
                for (var place = column; place <= size && factor != 0; place++)
                {
                    rows[row][place] -= factor * rows[column][place];
                }
            }
        }

        return [.. rows.Select((row, index) => row[index] == 0 ? 0 : row[size] / row[index])];
    }
}
