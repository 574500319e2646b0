namespace Microsoft.ML.Data;

/// <summary>
/// The rows of a data view that pass a test, which reads the columns <paramref name="tested"/>; <paramref name="createTest"/> makes the
/// test of the rows that a cursor moves through.
/// </summary>
internal sealed class FilteredDataView(
    IDataView source, DataViewSchema.Column[] tested, Func<DataViewRowCursor, Func<bool>> createTest, bool keepsOrder) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => !keepsOrder && source.CanShuffle;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        var needed = Schema.Where(column => active[column.Index] || Array.Exists(tested, other => other.Index == column.Index));
        return new Cursor(source.GetRowCursor(needed, keepsOrder ? null : rand), active, createTest);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : LinkedCursor
    {
        private readonly bool[] active;
        private readonly Func<bool> passes;
        private long position = -1;

        public Cursor(DataViewRowCursor input, bool[] active, Func<DataViewRowCursor, Func<bool>> createTest)
            : base(input)
        {
            this.active = active;
            passes = createTest(input);
        }

        public override DataViewSchema Schema => Input.Schema;

        public override long Position => position;

        public override bool MoveNext()
        {
            while (Input.MoveNext())
            {
                if (!passes())
                {
                    continue;
                }

                position++;
                return true;
            }

            position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(IsColumnActive(column), nameof(column), $"Column '{column.Name}' was not asked for when the cursor was opened.");
            return Input.GetGetter<TValue>(column);
        }
    }
}
