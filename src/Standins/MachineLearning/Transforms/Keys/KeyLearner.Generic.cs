using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

internal sealed class KeyLearner<T> : KeyLearner
{
    private readonly int limit;
    private readonly PrimitiveDataViewType type;
    private readonly ValueGetter<T> scalar;
    private readonly ValueGetter<VBuffer<T>> vector;
    private readonly HashSet<T> seen = new(KeyValues<T>.Equality);
    private readonly List<T> values = [];
    private T current;
    private VBuffer<T> slots;

    public KeyLearner(DataViewRow row, DataViewSchema.Column column, int limit)
    {
        this.limit = limit;
        type = (PrimitiveDataViewType)column.Type.ItemType();
        if (column.Type is VectorDataViewType)
        {
            vector = row.GetGetter<VBuffer<T>>(column);
        }
        else
        {
            scalar = row.GetGetter<T>(column);
        }
    }

    public override bool IsFull => values.Count >= limit;

    public override void Learn()
    {
        if (vector is null)
        {
            scalar(ref current);
            Add(current);
            return;
        }

        vector(ref slots);
        foreach (var value in slots.DenseValues())
        {
            Add(value);
        }
    }

    public override KeyMap Finish(ValueToKeyMappingEstimator.KeyOrdinality order)
    {
        if (order == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
        {
            values.Sort(KeyValues<T>.Order);
        }

        return new KeyMap<T>(type, [.. values]);
    }

    private void Add(T value)
    {
        if (!IsFull && !KeyValues<T>.IsMissing(value) && seen.Add(value))
        {
            values.Add(Kept(value));
        }
    }

    /// <summary>Text may lie in a buffer that the next row uses again.</summary>
    private static T Kept(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
}
