using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The values that keys stand for; a missing key is a missing value, or the default one of a type that has none.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "KeyToValueMapping";

    internal KeyToValueMappingTransformer(params (string outputColumnName, string inputColumnName)[] columns)
        : base(columns)
    {
    }

    private protected override string SavedKind => Kind;

    internal static KeyToValueMappingTransformer Read(BinaryReader reader) => new(reader.ReadPairs());

    private protected override MappedColumn Map(int index, DataViewSchema.Column input)
    {
        var values = input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type as VectorDataViewType;
        Contracts.Check(values is not null, $"Metadata KeyValues does not exist for column '{input.Name}' of type {input.Type}.");
        Contracts.Check(input.Type.ItemType() is KeyDataViewType key && key.Count == (ulong)values.Size,
            $"KeyValues metadata size does not match column type key count: column '{input.Name}' is {input.Type} with {values.Size} values.");
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(values.ItemType, vector.Dimensions) : values.ItemType;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return new MappedColumn(new DataViewSchema.DetachedColumn(ColumnPairs[index].outputColumnName, type, annotations.ToAnnotations()), [input.Index],
            row => RawTypes.Call<Delegate>(typeof(KeyToValueMappingTransformer), nameof(Getter), values.ItemType.RawType, row, input));
    }

    private static Delegate Getter<T>(DataViewRow row, DataViewSchema.Column input)
    {
        VBuffer<T> held = default;
        input.GetKeyValues(ref held);
        T[] values = [Missing<T>(), .. held.DenseValues()];
        return input.Type is VectorDataViewType ? VectorGetter(row, input, values) : ScalarGetter(row, input, values);
    }

    private static ValueGetter<T> ScalarGetter<T>(DataViewRow row, DataViewSchema.Column input, T[] values)
    {
        var getter = KeyGetter.Scalar(row, input);
        var key = 0UL;
        return (ref T value) =>
        {
            getter(ref key);
            value = values[key < (ulong)values.Length ? key : 0];
        };
    }

    private static ValueGetter<VBuffer<T>> VectorGetter<T>(DataViewRow row, DataViewSchema.Column input, T[] values)
    {
        var getter = KeyGetter.Vector(row, input);
        VBuffer<ulong> keys = default;
        return (ref VBuffer<T> value) =>
        {
            getter(ref keys);
            var editor = VBufferEditor.Create(ref value, keys.Length);
            var slot = 0;
            foreach (var key in keys.DenseValues())
            {
                editor.Values[slot++] = values[key < (ulong)values.Length ? key : 0];
            }

            value = editor.Commit();
        };
    }

    private static T Missing<T>() =>
        typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;
}
