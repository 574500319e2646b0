namespace Microsoft.ML.Data;

/// <summary>The rows in a random order, the same for every cursor. They are held in memory.</summary>
internal sealed class ShuffledDataView(IDataView source, int seed) : IDataView
{
    private readonly CachedDataView cache = new(source, []);

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        cache.GetRowCursor(columnsNeeded, rand ?? new Random(seed));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
