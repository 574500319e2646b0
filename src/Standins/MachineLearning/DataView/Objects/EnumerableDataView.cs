namespace Microsoft.ML.Data;

/// <summary>Objects as rows. Each cursor walks through the objects from the start.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> data, ObjectColumn[] columns) : IDataView
    where TRow : class
{
    public DataViewSchema Schema { get; } = ObjectColumn.SchemaOf(columns);

    public bool CanShuffle => false;

    public long? GetRowCount() => (data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(data.GetEnumerator(), Schema, columns, ActiveColumns.Of(columnsNeeded, Schema));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private const string NoRow = "Values are those of a row, but the cursor stands before the first one, or behind the last.";

        private readonly IEnumerator<TRow> objects;
        private readonly Delegate[] getters;
        private TRow current;
        private long position = -1;
        private bool isDisposed;

        public Cursor(IEnumerator<TRow> objects, DataViewSchema schema, ObjectColumn[] columns, bool[] active)
        {
            Schema = schema;
            this.objects = objects;
            getters = ObjectGetters.Of(columns, index => active[index], () => current
                ?? throw new InvalidOperationException(NoRow));
        }

        public override DataViewSchema Schema { get; }

        public override long Position => position;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            Contracts.Check(position >= 0, NoRow);
            id = new DataViewRowId((ulong)position, 0);
        };

        public override bool IsColumnActive(DataViewSchema.Column column)
        {
            Contracts.Check(column.Index < getters.Length, $"The schema has {getters.Length} columns, so there is no column {column.Index}.");
            return getters[column.Index] is not null;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(IsColumnActive(column), nameof(column), $"Column '{column.Name}' was not asked for when the cursor was opened.");
            return ActiveColumns.Typed<TValue>(getters[column.Index], column);
        }

        public override bool MoveNext()
        {
            if (isDisposed)
            {
                return false;
            }

            if (!objects.MoveNext())
            {
                Dispose();
                return false;
            }

            current = objects.Current
                ?? throw new InvalidOperationException("Rows are objects, but null stands among them.");
            position++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (!isDisposed && disposing)
            {
                isDisposed = true;
                position = -1;
                current = null;
                objects.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
