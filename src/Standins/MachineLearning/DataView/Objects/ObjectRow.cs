namespace Microsoft.ML.Data;

/// <summary>A row whose values are those of the object that was set last.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly Delegate[] getters;
    private TRow current;
    private long position = -1;

    public ObjectRow(ObjectColumn[] columns)
    {
        Schema = ObjectColumn.SchemaOf(columns);
        getters = ObjectGetters.Of(columns, _ => true, () => current
            ?? throw new InvalidOperationException("Values can only be fetched from a row, but no object was given yet."));
    }

    public override DataViewSchema Schema { get; }

    public override long Position => position;

    public override long Batch => 0;

    public void Set(TRow row)
    {
        current = row;
        position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => getters[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        ActiveColumns.Typed<TValue>(getters[column.Index], column);

    /// <summary>The getter of a column, of whatever type.</summary>
    public Delegate GetterAt(int index) => getters[index];
}
