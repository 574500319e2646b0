using System.Collections.Immutable;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>Gathers a <see cref="LabelTable"/> row by row, while crystals stream by; keeps no crystal.</summary>
/// <param name="source">What to call the table in errors.</param>
public sealed class LabelTableBuilder(string source)
{
    private readonly SortedSet<string> columns = new(StringComparer.Ordinal);
    private readonly ImmutableArray<LabelRow>.Builder rows = ImmutableArray.CreateBuilder<LabelRow>();
    private readonly Dictionary<string, string> originOfId = new(StringComparer.Ordinal);

    /// <summary>Gets the number of rows so far.</summary>
    public int Count => rows.Count;

    /// <summary>Adds the labels of a record.</summary>
    /// <param name="record">The record; an empty label counts as none.</param>
    /// <exception cref="LabelException">The id is empty or occurs twice, or a column has no name that a header could give it.</exception>
    public void Add(CrystalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Add(new LabelRow(record.Id, record.Labels, record.Origin));
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row; an empty label counts as none.</param>
    /// <exception cref="LabelException">The id is empty or occurs twice, or a column has no name that a header could give it.</exception>
    public void Add(LabelRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Id.Length == 0)
        {
            throw new LabelException(LabelColumns.DefaultId, "an id", "an empty one", origin: row.Origin);
        }

        if (!originOfId.TryAdd(row.Id, row.Origin))
        {
            throw new LabelException(LabelColumns.DefaultId, $"each id once (first in {originOfId[row.Id]})", "the same again", row.Id, row.Origin);
        }

        foreach (var column in row.Labels.Keys)
        {
            if (columns.Add(column))
            {
                Check(column, row);
            }
        }

        rows.Add(row);
    }

    /// <summary>Makes the table.</summary>
    /// <returns>The table; its columns are in ordinal order, its rows in that of their coming.</returns>
    public LabelTable Build() => new(source, [.. columns], rows.ToImmutable());

    private static void Check(string column, LabelRow row)
    {
        if (Array.Exists(LabelColumns.IdNames, name => name.Equals(column, StringComparison.OrdinalIgnoreCase)))
        {
            throw new LabelException(column, "a name of a column of labels", "a name for the column of ids", row.Id, row.Origin);
        }

        if (LabelColumns.Fault(column) is var (expected, found))
        {
            throw new LabelException(column, expected, found, row.Id, row.Origin);
        }
    }
}
