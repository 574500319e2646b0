namespace Microsoft.ML.Data;

/// <summary>A data view with columns added row by row; also the mapper of single rows.</summary>
internal sealed class RowMappedDataView : IDataView, IRowToRowMapper
{
    private readonly IDataView source;
    private readonly IRowMapper mapper;
    private readonly ColumnBindings bindings;

    public RowMappedDataView(IDataView source, IRowMapper mapper)
    {
        this.source = source;
        this.mapper = mapper;
        bindings = new ColumnBindings(source.Schema, mapper.GetOutputColumns());
    }

    public DataViewSchema Schema => bindings.Schema;

    public DataViewSchema OutputSchema => bindings.Schema;

    public DataViewSchema InputSchema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = bindings.Active(columnsNeeded);
        return new Cursor(source.GetRowCursor(bindings.InputsOf(active, mapper), rand), this, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = bindings.Active(columnsNeeded);
        var cursors = source.GetRowCursorSet(bindings.InputsOf(active, mapper), n, rand);
        return [.. cursors.Select(cursor => new Cursor(cursor, this, active))];
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        bindings.InputsOf(bindings.Active(dependingColumns), mapper);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.Check(input.Schema == InputSchema, "The row is of another schema than the mapper was made for.");
        return new Row(input, this, bindings.Active(activeColumns));
    }

    private Delegate[] CreateGetters(DataViewRow input, bool[] active) =>
        mapper.CreateGetters(input, added => active[bindings.IndexOfAdded(added)]);

    private sealed class Row : DataViewRow
    {
        private readonly DataViewRow input;
        private readonly RowMappedDataView parent;
        private readonly Delegate[] getters;

        public Row(DataViewRow input, RowMappedDataView parent, bool[] active)
        {
            this.input = input;
            this.parent = parent;
            getters = parent.CreateGetters(input, active);
        }

        public override DataViewSchema Schema => parent.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            parent.bindings.IsAdded(column.Index, out var index) ? getters[index] is not null : input.IsColumnActive(input.Schema[index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            parent.bindings.IsAdded(column.Index, out var index)
                ? ActiveColumns.Typed<TValue>(getters[index], column)
                : input.GetGetter<TValue>(input.Schema[index]);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Cursor : LinkedCursor
    {
        private readonly RowMappedDataView parent;
        private readonly bool[] active;
        private readonly Delegate[] getters;

        public Cursor(DataViewRowCursor input, RowMappedDataView parent, bool[] active)
            : base(input)
        {
            this.parent = parent;
            this.active = active;
            getters = parent.CreateGetters(input, active);
        }

        public override DataViewSchema Schema => parent.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active.");
            return parent.bindings.IsAdded(column.Index, out var index)
                ? ActiveColumns.Typed<TValue>(getters[index], column)
                : Input.GetGetter<TValue>(Input.Schema[index]);
        }
    }
}
