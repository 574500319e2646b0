using System.Collections.Immutable;
using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>
/// Crystals as a data view: <c>Id</c> (text), <c>Structure</c> (text, a line of materials JSON with which the crystal is read again
/// to the last bit) and a column a label, Single where the labels are numbers (NaN where there is none) and text otherwise.
/// </summary>
/// <remarks>Every cursor reads the source again, with one crystal in memory at a time, and there is no other order than the source's.</remarks>
public sealed class CrystalDataView : IDataView
{
    private readonly Func<IEnumerable<CrystalReadResult>> _read;
    private readonly bool _isStrict;
    private readonly int _rows;
    private readonly ImmutableArray<LabelColumn> _labels;

    internal CrystalDataView(Func<IEnumerable<CrystalReadResult>> read, IEnumerable<string>? labels, CrystalLoadOptions options)
    {
        _read = read;
        _isStrict = options.Strict;
        var survey = new LabelSurvey(options.Tasks);
        var rejected = ImmutableArray.CreateBuilder<RejectedRow>();
        foreach (CrystalReadResult result in read())
        {
            if (result.IsSuccess)
            {
                survey.Add(result.Record);
            }
            else
            {
                rejected.Add(_isStrict ? throw result.Error : new RejectedRow(Place(result.Error), result.Error.Expected, result.Error.Found));
            }
        }

        _rows = survey.Crystals;
        _labels = survey.Columns(labels);
        Rejected = rejected.ToImmutable();
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(CrystalColumns.Id, TextDataViewType.Instance);
        schema.AddColumn(CrystalColumns.Structure, TextDataViewType.Instance);
        foreach (LabelColumn label in _labels)
        {
            schema.AddColumn(label.Name, label.Type);
        }

        Schema = schema.ToSchema();
    }

    /// <summary>Gets the crystals that could not be read, and why; they are no rows.</summary>
    public ImmutableArray<RejectedRow> Rejected { get; }

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public long? GetRowCount() => _rows;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        return new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static string Place(CrystalFormatException error) =>
        error.Line > 0 ? FormattableString.Invariant($"{error.File}({error.Line})") : error.File;

    private static string Text(CrystalRecord record)
    {
        using var stream = new MemoryStream();
        MaterialsJsonWriter.Write(stream, [record with { Labels = ImmutableDictionary<string, string>.Empty }]);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length).TrimEnd('\n');
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly IEnumerator<CrystalReadResult> _results;
        private readonly bool _isStrict;
        private readonly Delegate?[] _getters;
        private CrystalRecord? _record;
        private long _position = -1;

        public Cursor(CrystalDataView view, HashSet<int> active)
        {
            Schema = view.Schema;
            _isStrict = view._isStrict;
            _results = view._read().GetEnumerator();
            Delegate[] all =
            [
                (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Current().Id.AsMemory()),
                (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Text(Current()).AsMemory()),
                .. view._labels.Select(label => label.Getter(Current)),
            ];
            _getters = [.. all.Select((getter, index) => active.Contains(index) ? getter : null)];
        }

        public override DataViewSchema Schema { get; }

        public override long Position => _position;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
        {
            _ = Current();
            value = new DataViewRowId((ulong)_position, 0);
        };

        public override bool IsColumnActive(DataViewSchema.Column column) => Getter(column) is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => TypedGetter.Of<TValue>(Getter(column), column);

        public override bool MoveNext()
        {
            while (_results.MoveNext())
            {
                if (_results.Current.IsSuccess || _isStrict)
                {
                    _record = _results.Current.GetRecordOrThrow();
                    _position++;
                    return true;
                }
            }

            (_record, _position) = (null, -1);
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                (_record, _position) = (null, -1);
                _results.Dispose();
            }

            base.Dispose(disposing);
        }

        private CrystalRecord Current() => _record ?? throw NoRow.Fault();

        private Delegate? Getter(DataViewSchema.Column column) => column.Index < _getters.Length
            ? _getters[column.Index]
            : throw new ArgumentException($"The schema has {_getters.Length} columns, so there is no column {column.Index}.", nameof(column));
    }
}
