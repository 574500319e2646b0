using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>A column that a component adds: what it is, and how its value comes out of the result of a row.</summary>
/// <typeparam name="TResult">The result of a row, from which all added columns are filled.</typeparam>
internal abstract class OutputColumn<TResult>
{
    private protected OutputColumn(string name, DataViewType type, DataViewSchema.Annotations? annotations) =>
        Detached = new DataViewSchema.DetachedColumn(name, type, annotations);

    /// <summary>Writes the value of one column.</summary>
    /// <typeparam name="TValue">The raw type of the column.</typeparam>
    /// <param name="result">The result of the row.</param>
    /// <param name="value">Where the value goes.</param>
    public delegate void Fill<TValue>(TResult result, ref TValue value);

    /// <summary>Gets name, type and annotations.</summary>
    public DataViewSchema.DetachedColumn Detached { get; }

    /// <summary>Makes a column of numbers, texts or keys.</summary>
    /// <typeparam name="TValue">The raw type.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    /// <param name="value">Gets the value.</param>
    /// <param name="annotations">The annotations, or null.</param>
    /// <returns>The column.</returns>
    public static OutputColumn<TResult> Scalar<TValue>(
        string name, PrimitiveDataViewType type, Func<TResult, TValue> value, DataViewSchema.Annotations? annotations = null) =>
        new Column<TValue>(name, type, annotations, (TResult result, ref TValue target) => target = value(result));

    /// <summary>Makes a column of texts.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">Gets the value.</param>
    /// <returns>The column.</returns>
    public static OutputColumn<TResult> Text(string name, Func<TResult, string> value) =>
        Scalar(name, TextDataViewType.Instance, result => value(result).AsMemory());

    /// <summary>Makes a column of vectors.</summary>
    /// <typeparam name="TItem">The raw type of their items.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="itemType">The type of their items.</param>
    /// <param name="size">Their size, 0 if it varies.</param>
    /// <param name="values">Gets the values, which are copied.</param>
    /// <param name="annotations">The annotations, or null.</param>
    /// <returns>The column.</returns>
    public static OutputColumn<TResult> Vector<TItem>(
        string name, PrimitiveDataViewType itemType, int size, Func<TResult, TItem[]> values, DataViewSchema.Annotations? annotations = null) =>
        new Column<VBuffer<TItem>>(
            name,
            new VectorDataViewType(itemType, size),
            annotations,
            (TResult result, ref VBuffer<TItem> target) =>
            {
                TItem[] source = values(result);
                VBufferEditor<TItem> editor = VBufferEditor.Create(ref target, source.Length);
                source.CopyTo(editor.Values);
                target = editor.Commit();
            });

    /// <summary>Makes the getter of a row.</summary>
    /// <param name="current">Gets the result of the row.</param>
    /// <returns>A <see cref="ValueGetter{TValue}"/> of the column's raw type.</returns>
    public abstract Delegate Getter(Func<TResult> current);

    private sealed class Column<TValue>(string name, DataViewType type, DataViewSchema.Annotations? annotations, Fill<TValue> fill)
        : OutputColumn<TResult>(name, type, annotations)
    {
        public override Delegate Getter(Func<TResult> current) => (ValueGetter<TValue>)((ref TValue value) => fill(current(), ref value));
    }
}
