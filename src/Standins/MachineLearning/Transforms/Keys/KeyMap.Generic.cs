using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

internal sealed class KeyMap<T> : KeyMap
{
    private readonly T[] terms;
    private readonly Dictionary<T, uint> keyOf;

    public KeyMap(PrimitiveDataViewType itemType, T[] values)
        : base(itemType, values.Length)
    {
        terms = values;
        keyOf = new Dictionary<T, uint>(values.Length, KeyValues<T>.Equality);
        foreach (var value in values)
        {
            keyOf.Add(value, (uint)keyOf.Count + 1);
        }
    }

    public override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType ? VectorGetter(row, column) : ScalarGetter(row, column);

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder)
    {
        if (terms.Length > 0)
        {
            builder.AddKeyValues(terms.Length, ItemType, (ref VBuffer<T> value) => VBuffer<T>.Copy(terms, 0, ref value, terms.Length));
        }
    }

    public override void Write(BinaryWriter writer)
    {
        writer.WriteColumnType(ItemType);
        writer.WriteValues(terms);
    }

    private ValueGetter<uint> ScalarGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(row.Schema[column.Index]);
        T value = default;
        return (ref uint key) =>
        {
            getter(ref value);
            key = keyOf.GetValueOrDefault(value);
        };
    }

    private ValueGetter<VBuffer<uint>> VectorGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(row.Schema[column.Index]);
        VBuffer<T> values = default;
        return (ref VBuffer<uint> keys) =>
        {
            getter(ref values);
            var editor = VBufferEditor.Create(ref keys, values.Length);
            var slot = 0;
            foreach (var value in values.DenseValues())
            {
                editor.Values[slot++] = keyOf.GetValueOrDefault(value);
            }

            keys = editor.Commit();
        };
    }
}
