using System.Collections.Immutable;
using Faithful.Crystals.Formats;
using Faithful.Datasets.Purification;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Applies the rules to all rows of a data view at once, and remembers which are kept.</summary>
/// <param name="options">The options, which are valid.</param>
internal sealed class PurificationFit(CrystalPurificationOptions options)
{
    private readonly List<(UInt128 Key, bool IsReadable)> _rows = [];
    private readonly ImmutableArray<string>.Builder _unreadable = ImmutableArray.CreateBuilder<string>();

    /// <summary>Learns from data.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The rows and what happened to them.</returns>
    public (LearnedRows Rows, CrystalPurificationReport Report) Run(IDataView input)
    {
        PurificationResult result = Purifier.Run(Read(input), options.Rules);
        HashSet<string> removed = [.. result.Removed.Select(removal => removal.Origin)];
        var learned = new LearnedRows();
        for (int row = 0; row < _rows.Count; row++)
        {
            (UInt128 key, bool isReadable) = _rows[row];
            learned.Add(key, isReadable ? !removed.Contains(CrystalInputColumns.Place(row)) : options.OnBadStructure == BadStructure.Missing);
        }

        return (learned, new CrystalPurificationReport
        {
            Read = _rows.Count,
            Kept = result.Kept.Length,
            Unreadable = _unreadable.ToImmutable(),
            Removed = result.Removed,
            Rules = result.Rules,
            SpaceGroupLabelDiffers = result.SpaceGroupLabelDiffers,
        });
    }

    private IEnumerable<CrystalRecord> Read(IDataView input)
    {
        var columns = new CrystalInputColumns(options.StructureColumnName, options.IdColumnName);
        (int structure, int id) = columns.Find(input.Schema);
        DataViewSchema.Column? label = options.Rules.Label is string name ? LabelText.Find(input.Schema, name) : null;
        using DataViewRowCursor cursor = input.GetRowCursor(
            input.Schema.Where(column => column.Index == structure || column.Index == id || column.Index == label?.Index));
        Func<CrystalRow> read = columns.Reader(cursor);
        Func<string?> readLabel = label is { } found ? LabelText.Reader(cursor, found) : () => null;
        var reading = new StructureReading(options.OnBadStructure);
        List<(CrystalRow Row, string? Label)> window = [];
        while (cursor.MoveNext())
        {
            window.Add((read(), readLabel()));
            if (window.Count == options.ReadAhead)
            {
                foreach (CrystalRecord record in Records(window, reading))
                {
                    yield return record;
                }

                window.Clear();
            }
        }

        foreach (CrystalRecord record in Records(window, reading))
        {
            yield return record;
        }
    }

    private IEnumerable<CrystalRecord> Records(List<(CrystalRow Row, string? Label)> window, StructureReading reading)
    {
        CrystalReadResult[] results = reading.Read([.. window.Select(entry => entry.Row)]);
        for (int index = 0; index < results.Length; index++)
        {
            (CrystalRow row, string? label) = window[index];
            string place = CrystalInputColumns.Place(_rows.Count);
            _rows.Add((RowKey.Of(row), results[index].IsSuccess));
            if (results[index].IsSuccess)
            {
                yield return new CrystalRecord(row.Id, results[index].Record!.Crystal, Labels(label), place);
            }
            else
            {
                _unreadable.Add(results[index].Error!.Message);
            }
        }
    }

    private Dictionary<string, string> Labels(string? label) => label is null ? [] : new() { [options.Rules.Label!] = label };
}
