namespace Faithful.Models.Ensembles;

/// <summary>
/// The weights of a mean of values, not negative and 1 in sum, that minimise the mean absolute error: weight goes from one model to another, pair by
/// pair, as far as lowers the error most (a weighted median), until none does.
/// </summary>
internal static class ValueWeights
{
    private const int MaxRounds = 500;
    private const double SmallestShift = 1e-7;

    /// <summary>Fits weights.</summary>
    /// <param name="answers">Values, shape (crystals, models, 1).</param>
    /// <param name="targets">The true values.</param>
    /// <returns>A weight a model.</returns>
    public static double[] Fit(IReadOnlyList<double[][]> answers, IReadOnlyList<double> targets)
    {
        int models = answers[0].Length;
        double[] weights = EnsembleRule.EqualWeights(models);
        double[] residuals = [.. answers.Select((answer, row) => targets[row] - answer.Average(value => value[0]))];
        for (int round = 0; round < MaxRounds; round++)
        {
            double largest = 0;
            for (int from = 0; from < models; from++)
            {
                for (int to = from + 1; to < models; to++)
                {
                    double shift = Math.Clamp(BestShift(answers, residuals, from, to), -weights[to], weights[from]);
                    weights[from] -= shift;
                    weights[to] += shift;
                    for (int row = 0; row < residuals.Length; row++)
                    {
                        residuals[row] -= shift * (answers[row][to][0] - answers[row][from][0]);
                    }

                    largest = Math.Max(largest, Math.Abs(shift));
                }
            }

            if (largest < SmallestShift)
            {
                break;
            }
        }

        return weights;
    }

    /// <summary>The shift s that minimises Σ |r − s·d|: the median of r/d with the weights |d|.</summary>
    private static double BestShift(IReadOnlyList<double[][]> answers, double[] residuals, int from, int to)
    {
        List<(double Ratio, double Weight)> points = [];
        for (int row = 0; row < residuals.Length; row++)
        {
            double difference = answers[row][to][0] - answers[row][from][0];
            if (difference != 0)
            {
                points.Add((residuals[row] / difference, Math.Abs(difference)));
            }
        }

        points.Sort();
        double half = points.Sum(point => point.Weight) / 2;
        foreach ((double ratio, double weight) in points)
        {
            half -= weight;
            if (half <= 0)
            {
                return ratio;
            }
        }

        return 0;
    }
}
