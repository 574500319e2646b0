using MathNet.Numerics;

namespace Faithful.Models.Relations;

/// <summary>
/// How often two classes occur together, and how far that is from chance. Classes that do not occur count in no measure.
/// </summary>
public sealed class ContingencyTable
{
    private readonly int[,] _counts;

    /// <summary>Counts pairs.</summary>
    /// <param name="first">The class of each crystal in the first labelling, from 0.</param>
    /// <param name="second">The class of each crystal in the second.</param>
    /// <param name="rows">The number of classes of the first.</param>
    /// <param name="columns">The number of classes of the second.</param>
    /// <exception cref="ArgumentException">The lists are empty or differ in length.</exception>
    public ContingencyTable(IReadOnlyList<int> first, IReadOnlyList<int> second, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || first.Count != second.Count)
        {
            throw new ArgumentException($"expected two classes for each crystal, and at least one crystal; found {first.Count} and {second.Count}");
        }

        (Rows, Columns, Total) = (rows, columns, first.Count);
        _counts = new int[rows, columns];
        for (int crystal = 0; crystal < first.Count; crystal++)
        {
            _counts[first[crystal], second[crystal]]++;
        }

        double[] rowShares = [.. Enumerable.Range(0, rows).Select(row => (double)RowCount(row) / Total)];
        double[] columnShares = [.. Enumerable.Range(0, columns).Select(column => (double)ColumnCount(column) / Total)];
        int r = rowShares.Count(share => share > 0), c = columnShares.Count(share => share > 0);
        DegreesOfFreedom = (r - 1) * (c - 1);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double expected = rowShares[row] * columnShares[column];
                if (expected > 0)
                {
                    double found = (double)_counts[row, column] / Total;
                    ChiSquared += Total * (found - expected) * (found - expected) / expected;
                    MutualInformation += found > 0 ? found * Math.Log(found / expected) : 0;
                }
            }
        }

        MutualInformation = Math.Max(0, MutualInformation - DegreesOfFreedom / (2.0 * Total));
        PValue = DegreesOfFreedom == 0 ? 1 : SpecialFunctions.GammaUpperRegularized(DegreesOfFreedom / 2.0, ChiSquared / 2);
        CramersV = Cramer(r, c);
        Entropies = (Entropy(rowShares), Entropy(columnShares));
    }

    /// <summary>Gets the number of classes of the first labelling.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of classes of the second labelling.</summary>
    public int Columns { get; }

    /// <summary>Gets the number of crystals.</summary>
    public int Total { get; }

    /// <summary>Gets Pearson's χ² of independence.</summary>
    public double ChiSquared { get; }

    /// <summary>Gets the degrees of freedom of χ².</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Gets how probable a χ² as large is for independent labellings; 0 where it is below the smallest number.</summary>
    public double PValue { get; }

    /// <summary>
    /// Gets Cramér's V, corrected for its bias (W. Bergsma, J. Korean Stat. Soc. 42, 323 (2013)): 0 for independent labellings, 1 where each
    /// decides the other; NaN where one of them has a single class.
    /// </summary>
    public double CramersV { get; }

    /// <summary>
    /// Gets what one labelling tells of the other, in nat, corrected for its bias to first order (G. A. Miller, in Information Theory in
    /// Psychology (1955)); not negative.
    /// </summary>
    public double MutualInformation { get; }

    /// <summary>Gets how undecided each labelling is by itself, in nat.</summary>
    public (double First, double Second) Entropies { get; }

    /// <summary>Gets how many crystals have a pair of classes.</summary>
    /// <param name="row">The class of the first labelling.</param>
    /// <param name="column">The class of the second.</param>
    public int this[int row, int column] => _counts[row, column];

    /// <summary>Counts the crystals of a class of the first labelling.</summary>
    /// <param name="row">The class.</param>
    /// <returns>The number.</returns>
    public int RowCount(int row) => Enumerable.Range(0, Columns).Sum(column => _counts[row, column]);

    /// <summary>Counts the crystals of a class of the second labelling.</summary>
    /// <param name="column">The class.</param>
    /// <returns>The number.</returns>
    public int ColumnCount(int column) => Enumerable.Range(0, Rows).Sum(row => _counts[row, column]);

    private static double Entropy(double[] shares) => -shares.Where(share => share > 0).Sum(share => share * Math.Log(share));

    private double Cramer(int r, int c)
    {
        if (r < 2 || c < 2 || Total < 2)
        {
            return double.NaN;
        }

        double others = Total - 1;
        double association = Math.Max(0, ChiSquared / Total - (r - 1) * (c - 1) / others);
        double rows = r - (r - 1) * (r - 1) / others, columns = c - (c - 1) * (c - 1) / others;
        return Math.Min(rows, columns) <= 1 ? double.NaN : Math.Min(1, Math.Sqrt(association / (Math.Min(rows, columns) - 1)));
    }
}
