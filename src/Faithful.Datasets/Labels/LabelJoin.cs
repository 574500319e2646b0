using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
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
        return TryApply(record.Id, record.Labels, record.Origin, out var labels, out var conflict)
            ? CrystalReadResult.Success(ReferenceEquals(labels, record.Labels) ? record : record with { Labels = labels })
            : CrystalReadResult.Failure(conflict);
    }

    /// <summary>Adds labels to those that a crystal has.</summary>
    /// <param name="id">The id of the crystal.</param>
    /// <param name="own">Its own labels.</param>
    /// <param name="origin">The file and line of the crystal, for the error.</param>
    /// <param name="labels">All labels, or null.</param>
    /// <param name="conflict">The error where its own labels say otherwise, or null.</param>
    /// <returns>Whether the labels agree.</returns>
    public bool TryApply(
        string id,
        IReadOnlyDictionary<string, string> own,
        string origin,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? labels,
        [NotNullWhen(false)] out CrystalFormatException? conflict)
    {
        ArgumentNullException.ThrowIfNull(own);
        conflict = null;
        if (!Table.TryFind(id, out var row))
        {
            withoutLabel.Add(id);
            labels = own;
            return true;
        }

        joined.Add(row.Id);
        if (own.Count == 0)
        {
            labels = row.Labels;
            return true;
        }

        var all = new Dictionary<string, string>(own, StringComparer.Ordinal);
        foreach (var (column, label) in row.Labels)
        {
            if (!all.TryAdd(column, label) && !AreSame(all[column], label))
            {
                conflict = new CrystalFormatException(
                    origin, 0, $"the label {column} \"{label}\" of {row.Origin} for {id}", $"\"{all[column]}\" with the crystal");
                conflicts.Add(conflict);
                labels = null;
                return false;
            }
        }

        labels = all;
        return true;
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
