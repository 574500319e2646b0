using Faithful.Cli.Composition;

namespace Faithful.Cli.Evaluation;

/// <summary>The look-up table that any model must beat: the most common class of the crystal's space group in the training part.</summary>
internal sealed class SpaceGroupTable
{
    private readonly Dictionary<string, int> _classOfGroup;
    private readonly int _majority;

    private SpaceGroupTable(Dictionary<string, int> classOfGroup, int majority)
    {
        _classOfGroup = classOfGroup;
        _majority = majority;
    }

    /// <summary>Counts the classes of the training part.</summary>
    /// <param name="rows">The training rows of a classification.</param>
    /// <returns>The table, or null when there are no rows or none has a space group.</returns>
    public static SpaceGroupTable? TryFit(IReadOnlyCollection<PackedRow> rows)
    {
        Dictionary<string, int> table = rows
            .Where(row => row.Labels.Labels.ContainsKey(PackedRows.SpaceGroupColumn))
            .GroupBy(row => row.Labels.Labels[PackedRows.SpaceGroupColumn])
            .ToDictionary(group => group.Key, MostCommon);
        return table.Count == 0 ? null : new SpaceGroupTable(table, MostCommon(rows));
    }

    /// <summary>Looks a crystal up.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>The most common class of its space group; of all crystals when the group is unknown or new.</returns>
    public int Predict(PackedRow row) =>
        row.Labels.Labels.TryGetValue(PackedRows.SpaceGroupColumn, out string? group) && _classOfGroup.TryGetValue(group, out int known) ? known : _majority;

    private static int MostCommon(IEnumerable<PackedRow> rows) => rows
        .CountBy(row => row.Target.ClassIndex)
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
        .First().Key;
}
