namespace Microsoft.ML.Data;

/// <summary>Holds the columns that were asked for in memory, each from its first use on, and can give the rows in any order.</summary>
internal sealed class CachedDataView : IDataView
{
    private readonly Lock _lock = new();
    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _prefetch;
    private readonly CachedColumn[] _columns;
    private long? _rows;

    /// <summary>The columns of <paramref name="prefetch"/> are read with the first one that is asked for.</summary>
    public CachedDataView(IDataView source, DataViewSchema.Column[] prefetch)
    {
        _source = source;
        _prefetch = prefetch;
        _columns = new CachedColumn[source.Schema.Count];
    }

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _rows ?? _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        Fill(active);
        int[] order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, (int)_rows)];
            rand.Shuffle(order);
        }

        return new Cursor(this, active, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private void Fill(bool[] active)
    {
        lock (_lock)
        {
            var missing = Schema.Where(column => _columns[column.Index] is null
                && (active[column.Index] || Array.Exists(_prefetch, other => other.Index == column.Index))).ToArray();
            if (missing.Length == 0 && _rows is not null)
                return;
            using var cursor = _source.GetRowCursor(missing);
            var columns = Array.ConvertAll(missing, column => CachedColumn.Create(cursor, column));
            var rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                foreach (var column in columns)
                    column.Add();
            }

            Contracts.Check(_rows is null || _rows == rows, $"The data had {_rows} rows when it was read first, and {rows} now.");
            for (var i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = columns[i];
            _rows = rows;
        }
    }

    private sealed class Cursor(CachedDataView parent, bool[] active, int[] order) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _isDone;

        public override DataViewSchema Schema => parent.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        private int Row
        {
            get
            {
                Contracts.Check(_position >= 0, "Values can only be fetched from a row.");
                return order is null ? (int)_position : order[_position];
            }
        }

        public override bool MoveNext()
        {
            _isDone |= _position + 1 >= parent._rows;
            _position = _isDone ? -1 : _position + 1;
            return !_isDone;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Row, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(IsColumnActive(column), nameof(column), $"requested column not active: {column.Name}");
            return ActiveColumns.Typed<TValue>(parent._columns[column.Index].CreateGetter(() => Row), column);
        }
    }
}
