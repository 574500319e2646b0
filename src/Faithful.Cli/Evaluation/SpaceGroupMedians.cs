using Faithful.Cli.Composition;

namespace Faithful.Cli.Evaluation;

/// <summary>The look-up table of a regression: the median of the crystal's space group in the training part.</summary>
internal sealed class SpaceGroupMedians
{
    private const string Column = "space_group";

    private readonly Dictionary<string, double> _medianOfGroup;
    private readonly double _median;

    private SpaceGroupMedians(Dictionary<string, double> medianOfGroup, double median)
    {
        _medianOfGroup = medianOfGroup;
        _median = median;
    }

    /// <summary>Takes the medians of the training part.</summary>
    /// <param name="rows">The training rows of a regression.</param>
    /// <returns>The table, or null when there are no rows or none has a space group.</returns>
    public static SpaceGroupMedians? TryFit(IReadOnlyCollection<PackedRow> rows)
    {
        Dictionary<string, double> table = rows
            .Where(row => row.Labels.Labels.ContainsKey(Column))
            .GroupBy(row => row.Labels.Labels[Column])
            .ToDictionary(group => group.Key, Median);
        return table.Count == 0 ? null : new SpaceGroupMedians(table, Median(rows));
    }

    /// <summary>Looks a crystal up.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>The median of its space group, in the task's unit; of all crystals when the group is unknown or new.</returns>
    public double Predict(PackedRow row) =>
        row.Labels.Labels.TryGetValue(Column, out string? group) && _medianOfGroup.TryGetValue(group, out double known) ? known : _median;

    private static double Median(IEnumerable<PackedRow> rows)
    {
        double[] sorted = [.. rows.Select(row => row.Target.Value).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
