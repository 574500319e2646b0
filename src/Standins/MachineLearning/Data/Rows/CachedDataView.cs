namespace Microsoft.ML.Data;

/// <summary>Holds the columns that were asked for in memory, each from its first use on, and can give the rows in any order.</summary>
internal sealed class CachedDataView : IDataView
{
    private readonly Lock filling = new();
    private readonly IDataView source;
    private readonly DataViewSchema.Column[] prefetch;
    private readonly CachedColumn[] cached;
    private long? count;

    /// <summary>The columns of <paramref name="prefetch"/> are read with the first one that is asked for.</summary>
    public CachedDataView(IDataView source, DataViewSchema.Column[] prefetch)
    {
        this.source = source;
        this.prefetch = prefetch;
        cached = new CachedColumn[source.Schema.Count];
    }

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => count ?? source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        Fill(active);
        int[] order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, (int)count)];
            rand.Shuffle(order);
        }

        return new Cursor(this, active, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private void Fill(bool[] active)
    {
        lock (filling)
        {
            var missing = Schema.Where(column => cached[column.Index] is null
                && (active[column.Index] || Array.Exists(prefetch, other => other.Index == column.Index))).ToArray();
            if (missing.Length == 0 && count is not null)
            {
                return;
            }

            using var cursor = source.GetRowCursor(missing);
            var columns = Array.ConvertAll(missing, column => CachedColumn.Create(cursor, column));
            var rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                foreach (var column in columns)
                {
                    column.Add();
                }
            }

            Contracts.Check(count is null || count == rows, $"The data had {count} rows when it was read first, and {rows} now.");
            for (var i = 0; i < missing.Length; i++)
            {
                cached[missing[i].Index] = columns[i];
            }

            count = rows;
        }
    }

    private sealed class Cursor(CachedDataView parent, bool[] active, int[] order) : DataViewRowCursor
    {
        private long position = -1;
        private bool isDone;

        public override DataViewSchema Schema => parent.Schema;

        public override long Position => position;

        public override long Batch => 0;

        private int Row
        {
            get
            {
                Contracts.Check(position >= 0, "Values can only be fetched from a row.");
                return order is null ? (int)position : order[position];
            }
        }

        public override bool MoveNext()
        {
            isDone |= position + 1 >= parent.count;
            position = isDone ? -1 : position + 1;
            return !isDone;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Row, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(IsColumnActive(column), nameof(column), $"Column '{column.Name}' was not asked for when the cursor was opened.");
            return ActiveColumns.Typed<TValue>(parent.cached[column.Index].CreateGetter(() => Row), column);
        }
    }
}
