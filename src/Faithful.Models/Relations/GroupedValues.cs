using Faithful.Models.Metrics;
using MathNet.Numerics;

namespace Faithful.Models.Relations;

/// <summary>A number by class: the mean of each class, and how much of the number's spread the classes explain.</summary>
public sealed class GroupedValues
{
    /// <summary>Measures numbers by class.</summary>
    /// <param name="groups">The class of each crystal, from 0.</param>
    /// <param name="values">The number of each crystal, finite.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <exception cref="ArgumentException">The lists are empty or differ in length.</exception>
    public GroupedValues(IReadOnlyList<int> groups, IReadOnlyList<double> values, int classes, int seed)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(values);
        if (groups.Count == 0 || groups.Count != values.Count)
        {
            throw new ArgumentException($"expected a class and a number for each crystal, and at least one crystal; found {groups.Count} and {values.Count}");
        }

        ILookup<int, double> byClass = groups.Zip(values).ToLookup(pair => pair.First, pair => pair.Second);
        double mean = values.Average();
        Classes = [.. Enumerable.Range(0, classes).Select(index => Measure([.. byClass[index]], seed))];
        double between = Classes.Sum(known => known.Count == 0 ? 0 : known.Count * (known.Mean - mean) * (known.Mean - mean));
        double total = values.Sum(value => (value - mean) * (value - mean));
        CorrelationRatioSquared = total > 0 ? Math.Min(1, between / total) : double.NaN;
        int occupied = Classes.Count(known => known.Count > 0), first = occupied - 1, second = values.Count - occupied;
        PValue = first < 1 || second < 1 || double.IsNaN(CorrelationRatioSquared) ? 1
            : SpecialFunctions.BetaRegularized(second / 2.0, first / 2.0, 1 - CorrelationRatioSquared); // of F, whose d₂ / (d₂ + d₁ F) is 1 − η²
        MutualInformation = new ContingencyTable(groups, ValueBins.Of(values), classes, ValueBins.Count).MutualInformation;
    }

    /// <summary>Gets number of crystals, mean, and 95 % bootstrap interval of the mean for each class; NaN for a class without crystals.</summary>
    public IReadOnlyList<(int Count, double Mean, double Low, double High)> Classes { get; }

    /// <summary>
    /// Gets η², the part of the variance that lies between the classes: 0 for equal means, 1 where the class decides the number; NaN where
    /// all numbers are equal.
    /// </summary>
    public double CorrelationRatioSquared { get; }

    /// <summary>Gets how probable means as different are (F test) where classes say nothing; 0 where it is below the smallest number.</summary>
    public double PValue { get; }

    /// <summary>Gets what the class tells of the number's tenth, or the tenth of the class, in nat (<see cref="ContingencyTable.MutualInformation"/>).</summary>
    public double MutualInformation { get; }

    private static (int Count, double Mean, double Low, double High) Measure(double[] values, int seed)
    {
        if (values.Length == 0)
        {
            return (0, double.NaN, double.NaN, double.NaN);
        }

        (double low, double high) = Bootstrap.Interval(values.Length, rows => rows.Average(row => values[row]), seed);
        return (values.Length, values.Average(), low, high);
    }
}
