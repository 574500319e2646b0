using Microsoft.ML;

namespace Faithful.Standins.Tests.MachineLearning.Outside;

/// <summary>A data view that was made outside of the package: passes another on and counts what is asked of it.</summary>
internal sealed class CountedView(IDataView source) : IDataView
{
    public int Cursors { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Names of the columns that the last cursor was asked for.</summary>
    public string[] Asked { get; private set; } = [];

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        Cursors++;
        Asked = [.. columns.Select(column => column.Name)];
        return new Cursor(source.GetRowCursor(columns, rand), this);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, CountedView owner) : DataViewRowCursor
    {
        public override DataViewSchema Schema => input.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        public override ValueGetter<Microsoft.ML.Data.DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override bool MoveNext()
        {
            if (!input.MoveNext())
            {
                return false;
            }

            owner.Rows++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
