using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Some columns of a data view, in an order of their own; also the mapper of single rows.</summary>
internal sealed class SelectedColumnsDataView(IDataView source, int[] selected) : IDataView, IRowToRowMapper
{
    public DataViewSchema Schema { get; } = DataViewSchema.Of(selected.Select(index => new DataViewSchema.DetachedColumn(source.Schema[index])));

    public DataViewSchema InputSchema => source.Schema;

    public DataViewSchema OutputSchema => Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        return new Cursor(source.GetRowCursor(InputsOf(active), rand), this, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        return [.. source.GetRowCursorSet(InputsOf(active), n, rand).Select(cursor => new Cursor(cursor, this, active))];
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        InputsOf(ActiveColumns.Of(dependingColumns, Schema));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        return new Row(input, this, ActiveColumns.Of(activeColumns, Schema));
    }

    private IEnumerable<DataViewSchema.Column> InputsOf(bool[] active) =>
        [.. selected.Where((_, index) => active[index]).Distinct().Select(index => source.Schema[index])];

    private ValueGetter<TValue> Getter<TValue>(DataViewRow input, DataViewSchema.Column column) =>
        input.GetGetter<TValue>(input.Schema[selected[column.Index]]);

    private sealed class Cursor(DataViewRowCursor input, SelectedColumnsDataView parent, bool[] active) : LinkedCursor(input)
    {
        public override DataViewSchema Schema => parent.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => parent.Getter<TValue>(Input, column);
    }

    private sealed class Row(DataViewRow input, SelectedColumnsDataView parent, bool[] active) : DataViewRow
    {
        public override DataViewSchema Schema => parent.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => parent.Getter<TValue>(input, column);

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
