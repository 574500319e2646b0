using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Getters of keys as numbers of one type, whichever type holds them.</summary>
internal static class KeyGetter
{
    public static ValueGetter<ulong> Scalar(DataViewRow row, DataViewSchema.Column column) =>
        RawTypes.Call<ValueGetter<ulong>>(typeof(KeyGetter), nameof(ScalarOf), column.Type.RawType, row, column);

    public static ValueGetter<VBuffer<ulong>> Vector(DataViewRow row, DataViewSchema.Column column) =>
        RawTypes.Call<ValueGetter<VBuffer<ulong>>>(typeof(KeyGetter), nameof(VectorOf), column.Type.ItemType().RawType, row, column);

    private static ValueGetter<ulong> ScalarOf<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumber<T>
    {
        var getter = row.GetGetter<T>(row.Schema[column.Index]);
        T key = default;
        return (ref ulong value) =>
        {
            getter(ref key);
            value = ulong.CreateTruncating(key);
        };
    }

    private static ValueGetter<VBuffer<ulong>> VectorOf<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumber<T>
    {
        var getter = row.GetGetter<VBuffer<T>>(row.Schema[column.Index]);
        VBuffer<T> keys = default;
        return (ref VBuffer<ulong> value) =>
        {
            getter(ref keys);
            var editor = VBufferEditor.Create(ref value, keys.Length);
            var slot = 0;
            foreach (var key in keys.DenseValues())
            {
                editor.Values[slot++] = ulong.CreateTruncating(key);
            }

            value = editor.Commit();
        };
    }
}
