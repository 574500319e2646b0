using MathNet.Numerics.Statistics;

namespace Faithful.Models.Relations;

/// <summary>How two numbers go together.</summary>
public sealed class ValueCorrelation
{
    /// <summary>Measures pairs.</summary>
    /// <param name="first">The first number of each crystal, finite.</param>
    /// <param name="second">The second number of each crystal, finite.</param>
    /// <exception cref="ArgumentException">The lists are empty or differ in length.</exception>
    public ValueCorrelation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || first.Count != second.Count)
        {
            throw new ArgumentException($"expected two numbers for each crystal, and at least one crystal; found {first.Count} and {second.Count}");
        }

        Pearson = Correlation.Pearson(first, second);
        Spearman = Correlation.Spearman(first, second);
        MutualInformation = new ContingencyTable(ValueBins.Of(first), ValueBins.Of(second), ValueBins.Count, ValueBins.Count).MutualInformation;
    }

    /// <summary>Gets the linear correlation, −1 to 1; NaN where one of the numbers is always the same.</summary>
    public double Pearson { get; }

    /// <summary>Gets the correlation of the ranks, −1 to 1; NaN where one of the numbers is always the same.</summary>
    public double Spearman { get; }

    /// <summary>Gets what the tenth of one number tells of that of the other, in nat (<see cref="ContingencyTable.MutualInformation"/>).</summary>
    public double MutualInformation { get; }
}
