namespace Faithful.Models;

/// <summary>Makes probabilities as sure as they are right by one number, the temperature T: p ∝ p^(1/T).</summary>
/// <remarks>Guo et al. 2017, arXiv:1706.04599, section 4.2. The order of the classes stays.</remarks>
public static class TemperatureScaling
{
    /// <summary>The lowest temperature that is fitted or taken.</summary>
    public const double Lowest = 0.05;

    /// <summary>The highest temperature that is fitted or taken.</summary>
    public const double Highest = 20;

    private const double SmallestProbability = 1e-12; // a true class of probability 0 would make every loss infinite
    private const int Halvings = 60;

    /// <summary>Applies a temperature.</summary>
    /// <param name="probabilities">Probabilities of the classes, at least 0, not all 0.</param>
    /// <param name="temperature">The temperature T &gt; 0; 1 changes nothing.</param>
    /// <returns>As many probabilities, which sum to 1 and are in the same order.</returns>
    public static double[] Apply(IReadOnlyList<double> probabilities, double temperature)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        if (temperature == 1)
        {
            return [.. probabilities];
        }

        double largest = probabilities.Max();
        double[] scaled = [.. probabilities.Select(probability => Math.Pow(probability / largest, 1 / temperature))];
        double sum = scaled.Sum();
        return [.. scaled.Select(value => value / sum)];
    }

    /// <summary>Finds the temperature that minimises the negative log-likelihood.</summary>
    /// <param name="probabilities">Probabilities of the classes, a row a crystal.</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <returns>The temperature, <see cref="Lowest"/>..<see cref="Highest"/>.</returns>
    /// <exception cref="ArgumentException">There is no crystal, or the lists differ in length.</exception>
    public static double Fit(IReadOnlyList<IReadOnlyList<double>> probabilities, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0 || classes.Count != probabilities.Count)
        {
            throw new ArgumentException($"expected as many classes as crystals, at least one; found {classes.Count} for {probabilities.Count}");
        }

        double[][] logarithms = [.. probabilities.Select(row => row.Select(p => Math.Log(Math.Max(p, SmallestProbability))).ToArray())];

        // In 1/T the loss is convex, so that its derivative rises through 0 once.
        double low = 1 / Highest, high = 1 / Lowest;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Slope(logarithms, classes, middle) < 0 ? (middle, high) : (low, middle);
        }

        return 2 / (low + high);
    }

    /// <summary>The derivative of the negative log-likelihood by the inverse temperature: the expectation of ln p less that of the true class.</summary>
    private static double Slope(double[][] logarithms, IReadOnlyList<int> classes, double inverse)
    {
        double slope = 0;
        for (int row = 0; row < logarithms.Length; row++)
        {
            double[] values = logarithms[row];
            double largest = values.Max(), sum = 0, weighted = 0;
            foreach (double value in values)
            {
                double weight = Math.Exp(inverse * (value - largest));
                sum += weight;
                weighted += weight * value;
            }

            slope += weighted / sum - values[classes[row]];
        }

        return slope;
    }
}
