namespace Faithful.Models.Metrics;

/// <summary>The score interval of a share (Wilson 1927, DOI 10.1080/01621459.1927.10502953), which holds for few crystals and for shares of 0 and 1 too.</summary>
public static class WilsonInterval
{
    private const double Normal = 1.959963984540054; // the 97.5th percentile of the normal distribution

    /// <summary>Gets the 95 % interval of a share.</summary>
    /// <param name="right">The crystals that count, 0..count.</param>
    /// <param name="count">All crystals, at least 1.</param>
    /// <returns>Its ends, 0..1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no crystal, or more count than there are.</exception>
    public static (double Low, double High) Of(int right, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(right, count);
        double share = (double)right / count, weight = Normal * Normal / count;
        double centre = (share + weight / 2) / (1 + weight);
        double half = Math.Sqrt(share * (1 - share) * weight + weight * weight / 4) / (1 + weight);
        return (right == 0 ? 0 : centre - half, right == count ? 1 : centre + half);
    }
}
