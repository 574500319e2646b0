using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Values and the keys that stand for them.</summary>
internal abstract class KeyMap(PrimitiveDataViewType itemType, int count)
{
    public PrimitiveDataViewType ItemType { get; } = itemType;

    /// <summary>A key has at least one value, so that of an empty map has one that does not occur.</summary>
    public KeyDataViewType OutputType { get; } = new(typeof(uint), Math.Max(count, 1));

    /// <summary>The maps of several columns, learned in one pass.</summary>
    public static KeyMap[] Learn(
        IDataView data, DataViewSchema.Column[] columns, int maximumNumberOfKeys, ValueToKeyMappingEstimator.KeyOrdinality order)
    {
        Contracts.CheckParam(maximumNumberOfKeys > 0, "MaxNumTerms", $"Must be positive, not {maximumNumberOfKeys}.");
        using var cursor = data.GetRowCursor(columns.DistinctBy(column => column.Index));
        var learners = Array.ConvertAll(columns, column => RawTypes.Call<KeyLearner>(
            typeof(KeyMap), nameof(Learner), column.Type.ItemType().RawType, cursor, column, maximumNumberOfKeys));
        while (!Array.TrueForAll(learners, learner => learner.IsFull) && cursor.MoveNext())
        {
            foreach (var learner in learners)
            {
                learner.Learn();
            }
        }

        return Array.ConvertAll(learners, learner => learner.Finish(order));
    }

    public static KeyMap Read(BinaryReader reader)
    {
        var type = (PrimitiveDataViewType)reader.ReadColumnType();
        return RawTypes.Call<KeyMap>(typeof(KeyMap), nameof(ReadOf), type.RawType, reader, type);
    }

    public abstract Delegate CreateGetter(DataViewRow row, DataViewSchema.Column column);

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder);

    public abstract void Write(BinaryWriter writer);

    private static KeyMap<T> ReadOf<T>(BinaryReader reader, PrimitiveDataViewType type) => new(type, reader.ReadValues<T>());

    private static KeyLearner<T> Learner<T>(DataViewRow row, DataViewSchema.Column column, int limit) => new(row, column, limit);
}
