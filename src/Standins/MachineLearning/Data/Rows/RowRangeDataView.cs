namespace Microsoft.ML.Data;

/// <summary>Rows of a data view by their place.</summary>
internal sealed class RowRangeDataView(IDataView source, long skip, long take) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => source.GetRowCount() is { } count ? Math.Min(Math.Max(count - skip, 0), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), skip, take);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, long skip, long take) : LinkedCursor(input)
    {
        private long skipped;
        private long position = -1;

        public override DataViewSchema Schema => Input.Schema;

        public override long Position => position;

        public override bool MoveNext()
        {
            for (; skipped < skip && Input.MoveNext(); skipped++)
            {
            }

            if (skipped == skip && position < take - 1 && Input.MoveNext())
            {
                position++;
                return true;
            }

            (skipped, position) = (long.MaxValue, -1);
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => Input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Input.GetGetter<TValue>(column);
    }
}
