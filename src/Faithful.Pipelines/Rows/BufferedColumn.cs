using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>Keeps the values of a column of rows that were read ahead, because a cursor does not go back.</summary>
internal abstract class BufferedColumn
{
    /// <summary>Makes the buffer of a column.</summary>
    /// <param name="cursor">The cursor, in which the column is active.</param>
    /// <param name="column">The column.</param>
    /// <param name="rows">The most rows that are kept at once.</param>
    /// <returns>The buffer.</returns>
    public static BufferedColumn Of(DataViewRowCursor cursor, DataViewSchema.Column column, int rows)
    {
        Type buffer = column.Type is VectorDataViewType vector
            ? typeof(Vectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(Values<>).MakeGenericType(column.Type.RawType);
        return (BufferedColumn)Activator.CreateInstance(
            buffer, BindingFlags.Instance | BindingFlags.Public, null, [cursor, column, rows], null)!;
    }

    /// <summary>Keeps the value of the cursor's row.</summary>
    /// <param name="row">The place where it is kept.</param>
    public abstract void Store(int row);

    /// <summary>Makes the getter of the kept values.</summary>
    /// <param name="current">Gets the place that is read.</param>
    /// <returns>A <see cref="ValueGetter{TValue}"/>.</returns>
    public abstract Delegate Getter(Func<int> current);

    private class Values<TValue>(DataViewRowCursor cursor, DataViewSchema.Column column, int rows) : BufferedColumn
    {
        private readonly ValueGetter<TValue> _get = cursor.GetGetter<TValue>(column);
        private readonly TValue[] _values = new TValue[rows];

        public override void Store(int row) => _get(ref _values[row]);

        public override Delegate Getter(Func<int> current) =>
            (ValueGetter<TValue>)((ref TValue value) => Copy(_values[current()], ref value));

        protected virtual void Copy(in TValue source, ref TValue value) => value = source;
    }

    // The arrays of a vector stay in the buffer: whoever gets it may write into his own.
    private sealed class Vectors<TItem>(DataViewRowCursor cursor, DataViewSchema.Column column, int rows)
        : Values<VBuffer<TItem>>(cursor, column, rows)
    {
        protected override void Copy(in VBuffer<TItem> source, ref VBuffer<TItem> value) => source.CopyTo(ref value);
    }
}
