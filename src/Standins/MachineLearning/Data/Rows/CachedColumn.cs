namespace Microsoft.ML.Data;

/// <summary>The values of a column.</summary>
internal abstract class CachedColumn
{
    public static CachedColumn Create(DataViewRow row, DataViewSchema.Column column) => RawTypes.Call<CachedColumn>(typeof(CachedColumn),
        column.Type is VectorDataViewType ? nameof(Vector) : nameof(Scalar), column.Type.ItemType().RawType, row, column);

    /// <summary>Takes the value of the row at which the cursor stands.</summary>
    public abstract void Add();

    public abstract Delegate CreateGetter(Func<int> row);

    private static CachedColumn<T> Scalar<T>(DataViewRow row, DataViewSchema.Column column) => new(row.GetGetter<T>(column), Assign);

    // The buffer that a getter fills is used again in the next row.
    private static CachedColumn<VBuffer<T>> Vector<T>(DataViewRow row, DataViewSchema.Column column) =>
        new(row.GetGetter<VBuffer<T>>(column), (in VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination));

    private static void Assign<T>(in T source, ref T destination) => destination = source;
}
