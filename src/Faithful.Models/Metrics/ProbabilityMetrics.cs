namespace Faithful.Models.Metrics;

/// <summary>Quality of the probabilities of a classification.</summary>
public static class ProbabilityMetrics
{
    /// <summary>The number of bins of the calibration error, as in Guo et al. 2017.</summary>
    public const int Bins = 15;

    private const double SmallestProbability = 1e-12; // a true class of probability 0 would make the mean infinite

    /// <summary>Gets the mean of −ln p of the true class; probabilities below 1e-12 count as that.</summary>
    /// <param name="probabilities">Probabilities of the classes, a row a crystal.</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <returns>The log-loss, at least 0.</returns>
    /// <exception cref="ArgumentException">There is no crystal, or the lists differ in length.</exception>
    public static double LogLoss(IReadOnlyList<IReadOnlyList<double>> probabilities, IReadOnlyList<int> classes)
    {
        Check(probabilities, classes);
        return probabilities.Zip(classes, (row, c) => -Math.Log(Math.Max(row[c], SmallestProbability))).Average();
    }

    /// <summary>
    /// Gets the expected calibration error: crystals are put into bins of equal width by the probability of their most probable class;
    /// the mean over the crystals of |share that is right − mean probability| of their bin.
    /// </summary>
    /// <remarks>Guo et al. 2017, arXiv:1706.04599, equation 3.</remarks>
    /// <param name="probabilities">Probabilities of the classes, a row a crystal.</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <returns>The error, 0..1.</returns>
    /// <exception cref="ArgumentException">There is no crystal, or the lists differ in length.</exception>
    public static double CalibrationError(IReadOnlyList<IReadOnlyList<double>> probabilities, IReadOnlyList<int> classes)
    {
        Check(probabilities, classes);
        return Reliability(probabilities, classes).Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / classes.Count;
    }

    /// <summary>Gets the bins of the calibration error: with what probability classes are predicted, and how often they are right then.</summary>
    /// <param name="probabilities">Probabilities of the classes, a row a crystal.</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <returns>The bins with a crystal in them, ascending.</returns>
    /// <exception cref="ArgumentException">There is no crystal, or the lists differ in length.</exception>
    public static IReadOnlyList<ReliabilityBin> Reliability(IReadOnlyList<IReadOnlyList<double>> probabilities, IReadOnlyList<int> classes)
    {
        Check(probabilities, classes);
        var (counts, right, sums) = (new int[Bins], new int[Bins], new double[Bins]);
        for (int i = 0; i < classes.Count; i++)
        {
            double[] row = [.. probabilities[i]];
            double confidence = row.Max();
            int bin = Math.Clamp((int)(confidence * Bins), 0, Bins - 1);
            counts[bin]++;
            right[bin] += Array.IndexOf(row, confidence) == classes[i] ? 1 : 0;
            sums[bin] += confidence;
        }

        return
        [
            .. Enumerable.Range(0, Bins).Where(bin => counts[bin] > 0).Select(bin => new ReliabilityBin(
                (double)bin / Bins, (bin + 1.0) / Bins, counts[bin], sums[bin] / counts[bin], (double)right[bin] / counts[bin])),
        ];
    }

    private static void Check(IReadOnlyList<IReadOnlyList<double>> probabilities, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0 || classes.Count != probabilities.Count)
        {
            throw new ArgumentException($"expected as many classes as crystals, at least one; found {classes.Count} for {probabilities.Count}");
        }
    }
}
