namespace Faithful.Cli.Expansion;

/// <summary>Some crystals of a set under expansion: which classes a model gives them at each factor, and when they turn to that of the atomic limit.</summary>
/// <param name="factors">The factors, ascending.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="limit">The class of the atomic limit.</param>
internal sealed class ExpansionGroup(IReadOnlyList<double> factors, int classes, int limit)
{
    private readonly int[,] _counts = new int[factors.Count, classes];
    private readonly List<double> _turned = [];

    /// <summary>Gets the number of crystals.</summary>
    public int Crystals { get; private set; }

    /// <summary>Gets the number of crystals that are in the atomic limit at the last factor.</summary>
    public int Turned => _turned.Count;

    /// <summary>Gets the factor from which on half of all crystals are in the atomic limit; null where fewer turn.</summary>
    public double? MedianFactor => Quantile(0.5);

    /// <summary>Adds a crystal.</summary>
    /// <param name="answers">Its class at each factor.</param>
    public void Add(IReadOnlyList<int> answers)
    {
        Crystals++;
        for (int step = 0; step < answers.Count; step++)
        {
            _counts[step, answers[step]]++;
        }

        int first = answers.Count;
        while (first > 0 && answers[first - 1] == limit)
        {
            first--;
        }

        if (first < answers.Count)
        {
            _turned.Add(factors[first]);
        }
    }

    /// <summary>Gets the share of crystals with a class at a factor.</summary>
    /// <param name="step">The place of the factor.</param>
    /// <param name="index">The class.</param>
    /// <returns>0 to 1; NaN for no crystals.</returns>
    public double Share(int step, int index) => Crystals == 0 ? double.NaN : (double)_counts[step, index] / Crystals;

    /// <summary>Gets the share of crystals in the atomic limit at each factor.</summary>
    /// <returns>One number a factor.</returns>
    public IReadOnlyList<double> Trivial() => [.. Enumerable.Range(0, factors.Count).Select(step => Share(step, limit))];

    /// <summary>Gets the factor from which on a share of all crystals is in the atomic limit and stays there.</summary>
    /// <param name="share">The share, above 0.</param>
    /// <returns>The factor; null where fewer turn.</returns>
    public double? Quantile(double share)
    {
        int place = (int)Math.Ceiling(share * Crystals) - 1;
        return place >= 0 && place < _turned.Count ? _turned.Order().ElementAt(place) : null;
    }
}
