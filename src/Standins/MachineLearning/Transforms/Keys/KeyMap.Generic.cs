using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

internal sealed class KeyMap<T> : KeyMap
{
    private readonly T[] _values;
    private readonly Dictionary<T, uint> _keys;

    public KeyMap(PrimitiveDataViewType itemType, T[] values)
        : base(itemType, values.Length)
    {
        _values = values;
        _keys = new Dictionary<T, uint>(values.Length, KeyValues<T>.Equality);
        foreach (var value in values)
            _keys.Add(value, (uint)_keys.Count + 1);
    }

    public override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType ? VectorGetter(row, column) : ScalarGetter(row, column);

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder)
    {
        if (_values.Length > 0)
            builder.AddKeyValues(_values.Length, ItemType, (ref VBuffer<T> value) => VBuffer<T>.Copy(_values, 0, ref value, _values.Length));
    }

    public override void Write(BinaryWriter writer)
    {
        writer.WriteColumnType(ItemType);
        writer.WriteValues(_values);
    }

    private ValueGetter<uint> ScalarGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(row.Schema[column.Index]);
        T value = default;
        return (ref uint key) =>
        {
            getter(ref value);
            key = _keys.GetValueOrDefault(value);
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
                editor.Values[slot++] = _keys.GetValueOrDefault(value);
            keys = editor.Commit();
        };
    }
}
