using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>A schema without rows.</summary>
/// <param name="schema">The schema.</param>
internal sealed class EmptyView(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(Schema, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, HashSet<int> active) : DataViewRowCursor
    {
        public override DataViewSchema Schema { get; } = schema;

        public override long Position => -1;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ref TValue value) => throw NoRow.Fault();

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => throw NoRow.Fault();

        public override bool MoveNext() => false;
    }
}
