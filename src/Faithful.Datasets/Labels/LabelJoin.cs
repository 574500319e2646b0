using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>
/// Adds the labels of a table to crystals of the same ids while they stream by, and keeps account. Where a crystal has a label of
/// its own in a column of the table, both must be the same text or the same number; otherwise neither is right by itself, and the
/// crystal becomes an error that names both places. Not for several threads at once.
/// </summary>
/// <param name="table">The labels.</param>
public sealed class LabelJoin(LabelTable table)
{
    private readonly HashSet<string> joined = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string>.Builder withoutLabel = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<CrystalFormatException>.Builder conflicts = ImmutableArray.CreateBuilder<CrystalFormatException>();

    /// <summary>Gets the labels.</summary>
    public LabelTable Table { get; } = table ?? throw new ArgumentNullException(nameof(table));

    /// <summary>Adds labels to results as they are enumerated; errors pass through.</summary>
    /// <param name="results">Crystals and errors.</param>
    /// <returns>As many results, in the same order.</returns>
    public IEnumerable<CrystalReadResult> Apply(IEnumerable<CrystalReadResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Select(result => result.IsSuccess ? Apply(result.Record) : result);
    }

    /// <summary>Adds labels to one record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The record with its labels, or the error where its own labels say otherwise.</returns>
    public CrystalReadResult Apply(CrystalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!Table.TryFind(record.Id, out var row))
        {
            withoutLabel.Add(record.Id);
            return CrystalReadResult.Success(record);
        }

        joined.Add(row.Id);
        if (record.Labels.Count == 0)
        {
            return CrystalReadResult.Success(record with { Labels = row.Labels });
        }

        var labels = new Dictionary<string, string>(record.Labels, StringComparer.Ordinal);
        foreach (var (column, label) in row.Labels)
        {
            if (!labels.TryAdd(column, label) && !AreSame(labels[column], label))
            {
                var conflict = new CrystalFormatException(
                    record.Origin, 0, $"the label {column} \"{label}\" of {row.Origin} for {record.Id}", $"\"{labels[column]}\" with the crystal");
                conflicts.Add(conflict);
                return CrystalReadResult.Failure(conflict);
            }
        }

        return CrystalReadResult.Success(record with { Labels = labels });
    }

    /// <summary>Tells what was joined so far and what was not.</summary>
    /// <returns>The report.</returns>
    public LabelJoinReport Report() => new(
        Table.Source,
        Table.Columns,
        joined.Count,
        [.. Table.Rows.Where(row => !joined.Contains(row.Id)).Select(row => row.Id)],
        withoutLabel.ToImmutable(),
        conflicts.ToImmutable());

    private static bool AreSame(string left, string right) => left == right
        || (double.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            && first == second);
}
