using System.Globalization;

namespace Faithful.Cli.Input;

/// <summary>What one column of labels holds: counts of texts, and the range when all of them are numbers.</summary>
/// <param name="name">The name of the column.</param>
internal sealed class LabelColumn(string name)
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<double> _numbers = [];
    private bool _isNumeric = true;

    /// <summary>Gets the name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the number of crystals that have a label.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether every label is a number.</summary>
    public bool IsNumeric => _isNumeric && Count > 0;

    /// <summary>Gets how often each label occurs, the most common first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Classes =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>Gets the smallest, the middle and the largest number of a numeric column.</summary>
    public (double Smallest, double Median, double Largest) Range
    {
        get
        {
            double[] sorted = [.. _numbers.Order()];
            return (sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[^1]);
        }
    }

    /// <summary>Counts a label.</summary>
    /// <param name="label">The text of the label.</param>
    public void Add(string label)
    {
        Count++;
        _counts[label] = _counts.GetValueOrDefault(label) + 1;
        if (_isNumeric && double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            _numbers.Add(number);
        }
        else
        {
            _isNumeric = false;
            _numbers.Clear();
        }
    }
}
