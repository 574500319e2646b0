using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>The value of a column of any type in the row at hand, as text.</summary>
internal static class ColumnText
{
    public static Func<string> Of(DataViewRow row, DataViewSchema.Column column)
    {
        bool isVector = column.Type is VectorDataViewType;
        MethodInfo method = typeof(ColumnText).GetMethod(isVector ? nameof(OfVector) : nameof(OfValue), BindingFlags.NonPublic | BindingFlags.Static)!;
        Type item = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        return (Func<string>)method.MakeGenericMethod(item).Invoke(null, [row, column])!;
    }

    private static Func<string> OfValue<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return Text(value);
        };
    }

    private static Func<string> OfVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            get(ref value);
            return string.Join(' ', value.DenseValues().Select(Text));
        };
    }

    private static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
