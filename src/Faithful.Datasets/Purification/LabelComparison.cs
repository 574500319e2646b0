using System.Globalization;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets.Purification;

/// <summary>Whether the labels of one material agree. Without a column there are no labels, and none disagree.</summary>
/// <param name="column">The label column, or null.</param>
/// <param name="tolerance">How far numbers may lie apart, in the unit of the label.</param>
internal sealed class LabelComparison(string? column, double tolerance)
{
    // 0.35 − 0.3 exceeds 0.05 in binary, and a user means the decimals.
    private const double Rounding = 1e-9;

    /// <summary>Gets the label of a record, or null.</summary>
    public string? Of(CrystalRecord record) => column is null ? null : record.Labels.GetValueOrDefault(column);

    /// <summary>
    /// Whether labels agree: the same text, or numbers of which the largest exceeds the smallest by no more than the tolerance.
    /// Both are said of the whole set, so the order plays no part.
    /// </summary>
    public bool Agree(IEnumerable<string> labels)
    {
        string? first = null;
        var isSameText = true;
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var label in labels)
        {
            isSameText &= label == (first ??= label);
            var number = double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : double.NaN;
            (smallest, largest) = (Math.Min(smallest, number), Math.Max(largest, number)); // NaN once, NaN for ever
        }

        return isSameText || largest - smallest <= tolerance + Rounding;
    }
}
