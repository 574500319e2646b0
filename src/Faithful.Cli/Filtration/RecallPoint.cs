using MathNet.Numerics.Distributions;

namespace Faithful.Cli.Filtration;

/// <summary>How many planted labels a list of some length holds.</summary>
/// <param name="Length">The length of the list, planted labels among its entries.</param>
/// <param name="Found">The planted labels in it.</param>
/// <param name="Planted">All planted labels that could be in it.</param>
/// <param name="Crystals">The crystals that are ranked.</param>
internal sealed record RecallPoint(int Length, int Found, int Planted, int Crystals)
{
    private static readonly double Normal95 = Normal.InvCDF(0, 1, 0.975);

    private static readonly int[] Lengths = [10, 20, 50, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000, 50_000];

    /// <summary>Gets the part of the planted labels that is found.</summary>
    public double Recall => (double)Found / Planted;

    /// <summary>Gets the 95 % interval of the recall (E. B. Wilson, J. Am. Stat. Assoc. 22, 209 (1927)).</summary>
    public (double Low, double High) Interval
    {
        get
        {
            double z2 = Normal95 * Normal95, middle = (Recall + z2 / (2 * Planted)) / (1 + z2 / Planted);
            double half = Normal95 * Math.Sqrt(Recall * (1 - Recall) / Planted + z2 / (4.0 * Planted * Planted)) / (1 + z2 / Planted);
            return (Math.Clamp(middle - half, 0, Recall), Math.Clamp(middle + half, Recall, 1)); // rounding would leave the range
        }
    }

    /// <summary>Gets the part of the list that is wrong for certain: a lower bound of its precision, since others may be wrong as well.</summary>
    public double PrecisionAtLeast => Length == 0 ? 0 : (double)Found / Length;

    /// <summary>Gets the part of the crystals without a planted label that is listed: an upper bound of the rate of false positives.</summary>
    public double FalsePositivesAtMost => Crystals == Planted ? 0 : (double)(Length - Found) / (Crystals - Planted);

    /// <summary>
    /// Gets how many further labels can be wrong if they are found as often as planted ones: were every other entry of the list one of them,
    /// these would be all. Null where too few planted labels are found to say.
    /// </summary>
    public double? WrongAtMost => Found < 10 ? null : (Length - Found) / Recall;

    /// <summary>Measures lists of several lengths.</summary>
    /// <param name="ranking">The crystals, the most doubtful first.</param>
    /// <param name="planted">The rows with a planted label, at least one of them ranked.</param>
    /// <returns>A point a length, up to all crystals.</returns>
    public static IReadOnlyList<RecallPoint> Curve(IReadOnlyList<SuspectEntry> ranking, IReadOnlySet<int> planted)
    {
        var found = new int[ranking.Count + 1];
        for (int place = 0; place < ranking.Count; place++)
        {
            found[place + 1] = found[place] + (planted.Contains(ranking[place].Row) ? 1 : 0);
        }

        return [.. Lengths.Where(length => length < ranking.Count).Append(ranking.Count).Select(length => new RecallPoint(length, found[length], found[^1], ranking.Count))];
    }

    /// <summary>Measures the list of the crystals that all networks miss.</summary>
    /// <param name="ranking">The crystals, the most doubtful first.</param>
    /// <param name="planted">The rows with a planted label, at least one of them ranked.</param>
    /// <returns>One point.</returns>
    public static RecallPoint OfMissed(IReadOnlyList<SuspectEntry> ranking, IReadOnlySet<int> planted)
    {
        SuspectEntry[] missed = [.. ranking.Where(entry => entry.IsMissedByAll)];
        return new RecallPoint(
            missed.Length, missed.Count(entry => planted.Contains(entry.Row)), ranking.Count(entry => planted.Contains(entry.Row)), ranking.Count);
    }
}
