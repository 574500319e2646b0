using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

internal sealed class KeyLearner<T> : KeyLearner
{
    private readonly int _limit;
    private readonly PrimitiveDataViewType _type;
    private readonly ValueGetter<T> _scalar;
    private readonly ValueGetter<VBuffer<T>> _vector;
    private readonly HashSet<T> _seen = new(KeyValues<T>.Equality);
    private readonly List<T> _values = [];
    private T _value;
    private VBuffer<T> _slots;

    public KeyLearner(DataViewRow row, DataViewSchema.Column column, int limit)
    {
        _limit = limit;
        _type = (PrimitiveDataViewType)column.Type.ItemType();
        if (column.Type is VectorDataViewType)
            _vector = row.GetGetter<VBuffer<T>>(column);
        else
            _scalar = row.GetGetter<T>(column);
    }

    public override bool IsFull => _values.Count >= _limit;

    public override void Learn()
    {
        if (_vector is null)
        {
            _scalar(ref _value);
            Add(_value);
            return;
        }

        _vector(ref _slots);
        foreach (var value in _slots.DenseValues())
            Add(value);
    }

    public override KeyMap Finish(ValueToKeyMappingEstimator.KeyOrdinality order)
    {
        if (order == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            _values.Sort(KeyValues<T>.Order);
        return new KeyMap<T>(_type, [.. _values]);
    }

    private void Add(T value)
    {
        if (!IsFull && !KeyValues<T>.IsMissing(value) && _seen.Add(value))
            _values.Add(Kept(value));
    }

    /// <summary>Text may lie in a buffer that the next row uses again.</summary>
    private static T Kept(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
}
