namespace Faithful.Models.Ensembles;

/// <summary>Chooses how strongly coefficients are held at those of a plain mean, by cross-validation.</summary>
internal static class Regularized
{
    private const int Folds = 5;

    private static readonly double[] Factors = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10];

    /// <summary>Fits with every factor on four fifths of the crystals each time, and with the best one on all.</summary>
    /// <param name="crystals">The number of crystals.</param>
    /// <param name="fit">Fits on some crystals with a factor.</param>
    /// <param name="loss">The loss of a solution at a crystal.</param>
    /// <returns>The solution on all crystals.</returns>
    public static EnsembleSolution Choose(int crystals, Func<int[], double, EnsembleSolution> fit, Func<EnsembleSolution, int, double> loss)
    {
        int[] all = [.. Enumerable.Range(0, crystals)];
        if (crystals < 2 * Folds)
        {
            return fit(all, Factors[^1]); // too few to choose by: next to a plain mean
        }

        int[] shuffled = [.. all];
        new Random(0).Shuffle(shuffled);
        double best = Factors.MinBy(factor => Enumerable.Range(0, Folds).Sum(fold =>
        {
            EnsembleSolution solution = fit([.. shuffled.Where((_, place) => place % Folds != fold)], factor);
            return shuffled.Where((_, place) => place % Folds == fold).Sum(row => loss(solution, row));
        }));
        return fit(all, best);
    }
}
