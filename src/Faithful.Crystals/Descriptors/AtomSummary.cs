namespace Faithful.Crystals.Descriptors;

/// <summary>Gathers a number of each atom, or each bond, and gives its statistics.</summary>
internal struct AtomSummary
{
    private double total;
    private double sum;
    private double squares;
    private double least = double.PositiveInfinity;
    private double greatest = double.NegativeInfinity;

    public AtomSummary()
    {
    }

    /// <summary>Gets the weighted mean, NaN of nothing.</summary>
    public readonly float Mean => (float)(sum / total);

    /// <summary>Gets the least value, NaN of nothing.</summary>
    public readonly float Minimum => total > 0 ? (float)least : float.NaN;

    /// <summary>Gets the greatest value, NaN of nothing.</summary>
    public readonly float Maximum => total > 0 ? (float)greatest : float.NaN;

    /// <summary>Gets the weighted standard deviation, NaN of nothing.</summary>
    public readonly float Deviation
    {
        get
        {
            // What rounding leaves of equal values is no deviation.
            var (mean, square) = (sum / total, squares / total);
            var variance = square - (mean * mean);
            return variance < 1e-12 * square ? 0 : (float)Math.Sqrt(variance);
        }
    }

    /// <summary>Adds a value; one that is not a number does not count.</summary>
    /// <param name="value">The value.</param>
    /// <param name="weight">Its weight, positive.</param>
    public void Add(double value, double weight = 1)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        total += weight;
        sum += weight * value;
        squares += weight * value * value;
        least = Math.Min(least, value);
        greatest = Math.Max(greatest, value);
    }
}
