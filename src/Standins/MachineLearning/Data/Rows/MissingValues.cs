namespace Microsoft.ML.Data;

/// <summary>Tests whether columns of a row hold NaN or a missing key.</summary>
internal static class MissingValues
{
    public static bool CanBeMissing(DataViewType type) =>
        type.ItemType() is KeyDataViewType || type.ItemType() == NumberDataViewType.Single || type.ItemType() == NumberDataViewType.Double;

    /// <summary>A test that nothing is missing in the row at which the cursor stands.</summary>
    public static Func<bool> TestFor(DataViewRow row, DataViewSchema.Column[] columns)
    {
        var tests = Array.ConvertAll(columns, column => RawTypes.Call<Func<bool>>(typeof(MissingValues),
            column.Type is VectorDataViewType ? nameof(VectorTest) : nameof(ScalarTest), column.Type.ItemType().RawType, row, column));
        return () => Array.TrueForAll(tests, test => test());
    }

    private static Func<bool> ScalarTest<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return !IsMissing(value);
        };
    }

    private static Func<bool> VectorTest<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            if (!values.IsDense && IsMissing(default(T)))
            {
                return false;
            }

            foreach (var value in values.GetValues())
            {
                if (IsMissing(value))
                {
                    return false;
                }
            }

            return true;
        };
    }

    private static bool IsMissing<T>(T value) => value switch
    {
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        _ => EqualityComparer<T>.Default.Equals(value, default),
    };
}
