namespace Faithful.Models.Ensembles;

/// <summary>
/// The weights of a mean of probabilities, not negative and 1 in sum, that minimise the log-loss: expectation maximisation for the proportions of
/// a mixture whose components are known (Dempster, Laird and Rubin, J. R. Stat. Soc. B 39, 1 (1977), section 4.3). The problem is convex.
/// </summary>
internal static class MixtureWeights
{
    private const int MaxSteps = 10_000;
    private const double SmallestChange = 1e-9;

    /// <summary>Fits weights.</summary>
    /// <param name="answers">Probabilities, shape (crystals, models, classes).</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <returns>A weight a model.</returns>
    public static double[] Fit(IReadOnlyList<double[][]> answers, int[] classes)
    {
        int models = answers[0].Length;
        // What no model holds possible says nothing about their weights.
        double[][] likelihoods =
            [.. answers.Select((answer, row) => answer.Select(probabilities => probabilities[classes[row]]).ToArray()).Where(row => row.Any(p => p > 0))];
        double[] weights = EnsembleRule.EqualWeights(models);
        for (int step = 0; step < MaxSteps && likelihoods.Length > 0; step++)
        {
            var next = new double[models];
            foreach (double[] row in likelihoods)
            {
                double sum = 0;
                for (int model = 0; model < models; model++)
                {
                    sum += weights[model] * row[model];
                }

                for (int model = 0; model < models && sum > 0; model++)
                {
                    next[model] += weights[model] * row[model] / sum;
                }
            }

            double total = next.Sum();
            double change = 0;
            for (int model = 0; model < models; model++)
            {
                next[model] /= total;
                change = Math.Max(change, Math.Abs(next[model] - weights[model]));
            }

            weights = next;
            if (change < SmallestChange)
            {
                break;
            }
        }

        return weights;
    }
}
