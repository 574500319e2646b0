using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>Moves through rows that are read and mapped some hundreds at a time, so that memory is bounded and a model gets batches.</summary>
/// <typeparam name="TResult">The result of a row.</typeparam>
internal sealed class MappedCursor<TResult> : DataViewRowCursor
    where TResult : class
{
    private readonly DataViewRowCursor _input;
    private readonly ICrystalMapping<TResult> _mapping;
    private readonly AddedColumns<TResult> _columns;
    private readonly bool[] _active;
    private readonly bool _wantsResults;
    private readonly Func<CrystalRow>? _read;
    private readonly Delegate?[] _getters;
    private readonly BufferedColumn?[] _buffers;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly DataViewRowId[] _ids;
    private readonly List<CrystalRow> _rows = [];
    private IReadOnlyList<TResult?>? _results;
    private int _count;
    private int _row = -1;
    private long _position = -1;
    private bool _isAtEnd;

    /// <summary>Initialises the cursor.</summary>
    /// <param name="input">The cursor of the input, which this one owns.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="columns">The columns of the output.</param>
    /// <param name="active">Those of them that are asked for.</param>
    /// <param name="readsCrystals">Whether the crystals are looked at.</param>
    public MappedCursor(
        DataViewRowCursor input, ICrystalMapping<TResult> mapping, AddedColumns<TResult> columns, bool[] active, bool readsCrystals)
    {
        _input = input;
        _mapping = mapping;
        _columns = columns;
        _active = active;
        _wantsResults = columns.WantsResults(active);
        _read = readsCrystals ? mapping.Inputs.Reader(input) : null;
        _getId = input.GetIdGetter();
        _ids = new DataViewRowId[mapping.ReadAhead];
        _buffers =
        [
            .. columns.InputSchema.Select(column => active[column.Index] ? BufferedColumn.Of(input, column, mapping.ReadAhead) : null),
        ];
        _getters = [.. _buffers.Select(buffer => buffer?.Getter(Current)), .. columns.Getters(active, () => _results![Current()]!)];
    }

    public override DataViewSchema Schema => _columns.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Current()];

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[_columns.Checked(column)];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        TypedGetter.Of<TValue>(_getters[_columns.Checked(column)], column);

    public override bool MoveNext()
    {
        do
        {
            if (++_row >= _count && !Fill())
            {
                (_position, _row, _count) = (-1, -1, 0);
                return false;
            }
        }
        while (_results is not null && _results[_row] is null);

        _position++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isAtEnd = true;
            (_position, _row, _count, _results) = (-1, -1, 0, null);
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        (_row, _count) = (0, 0);
        _rows.Clear();
        while (!_isAtEnd && _count < _ids.Length)
        {
            if (!_input.MoveNext())
            {
                _isAtEnd = true;
                break;
            }

            Store(_count++);
        }

        _results = _read is null || _count == 0 ? null : _mapping.Map(_rows, _wantsResults);
        return _count > 0;
    }

    private void Store(int row)
    {
        _getId(ref _ids[row]);
        foreach (BufferedColumn? buffer in _buffers)
        {
            buffer?.Store(row);
        }

        if (_read is not null)
        {
            _rows.Add(_read());
        }
    }

    private int Current() => _position >= 0 ? _row : throw NoRow.Fault();
}
