using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>A data view with the columns of a mapping. Rows are read ahead and mapped together; nothing is read before a cursor moves.</summary>
/// <typeparam name="TResult">The result of a row.</typeparam>
/// <param name="source">The rows.</param>
/// <param name="mapping">The mapping.</param>
internal sealed class MappedView<TResult>(IDataView source, ICrystalMapping<TResult> mapping) : IDataView
    where TResult : class
{
    private readonly AddedColumns<TResult> _columns = new(mapping, source.Schema);

    public DataViewSchema Schema => _columns.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => mapping.DropsRows ? null : source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = _columns.Active(columnsNeeded);
        bool readsCrystals = mapping.DropsRows || _columns.WantsResults(active);
        DataViewRowCursor cursor = source.GetRowCursor(_columns.Needed(active, readsCrystals), rand);
        return new MappedCursor<TResult>(cursor, mapping.BeginPass(), _columns, active, readsCrystals);
    }

    // One cursor is enough: the rows that it reads ahead are computed in parallel.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
