namespace Microsoft.ML.Data;

/// <summary>A data view with columns added row by row; also the mapper of single rows.</summary>
internal sealed class RowMappedDataView : IDataView, IRowToRowMapper
{
    private readonly IDataView _source;
    private readonly IRowMapper _mapper;
    private readonly ColumnBindings _bindings;

    public RowMappedDataView(IDataView source, IRowMapper mapper)
    {
        _source = source;
        _mapper = mapper;
        _bindings = new ColumnBindings(source.Schema, mapper.GetOutputColumns());
    }

    public DataViewSchema Schema => _bindings.Schema;

    public DataViewSchema OutputSchema => _bindings.Schema;

    public DataViewSchema InputSchema => _source.Schema;

    public bool CanShuffle => _source.CanShuffle;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = _bindings.Active(columnsNeeded);
        return new Cursor(_source.GetRowCursor(_bindings.InputsOf(active, _mapper), rand), this, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = _bindings.Active(columnsNeeded);
        var cursors = _source.GetRowCursorSet(_bindings.InputsOf(active, _mapper), n, rand);
        return [.. cursors.Select(cursor => new Cursor(cursor, this, active))];
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        _bindings.InputsOf(_bindings.Active(dependingColumns), _mapper);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new Row(input, this, _bindings.Active(activeColumns));
    }

    private Delegate[] CreateGetters(DataViewRow input, bool[] active) =>
        _mapper.CreateGetters(input, added => active[_bindings.IndexOfAdded(added)]);

    private sealed class Row : DataViewRow
    {
        private readonly DataViewRow _input;
        private readonly RowMappedDataView _parent;
        private readonly Delegate[] _getters;

        public Row(DataViewRow input, RowMappedDataView parent, bool[] active)
        {
            _input = input;
            _parent = parent;
            _getters = parent.CreateGetters(input, active);
        }

        public override DataViewSchema Schema => _parent.Schema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            _parent._bindings.IsAdded(column.Index, out var index) ? _getters[index] is not null : _input.IsColumnActive(_input.Schema[index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            _parent._bindings.IsAdded(column.Index, out var index)
                ? ActiveColumns.Typed<TValue>(_getters[index], column)
                : _input.GetGetter<TValue>(_input.Schema[index]);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Cursor : LinkedCursor
    {
        private readonly RowMappedDataView _parent;
        private readonly bool[] _active;
        private readonly Delegate[] _getters;

        public Cursor(DataViewRowCursor input, RowMappedDataView parent, bool[] active)
            : base(input)
        {
            _parent = parent;
            _active = active;
            _getters = parent.CreateGetters(input, active);
        }

        public override DataViewSchema Schema => _parent.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active.");
            return _parent._bindings.IsAdded(column.Index, out var index)
                ? ActiveColumns.Typed<TValue>(_getters[index], column)
                : Input.GetGetter<TValue>(Input.Schema[index]);
        }
    }
}
