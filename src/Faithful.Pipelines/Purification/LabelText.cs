using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>Reads a column of labels of any common type as text, null where there is no label.</summary>
internal static class LabelText
{
    private const string Expected = "text, Single, Double, or a key of UInt32";

    /// <summary>Finds and checks the column.</summary>
    /// <param name="inputSchema">The schema.</param>
    /// <param name="name">The name of the column.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or it has another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema inputSchema, string name)
    {
        DataViewSchema.Column column = inputSchema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(inputSchema), Missing(name));
        return IsReadable(column.Type.RawType, column.Type is KeyDataViewType)
            ? column
            : throw new ArgumentOutOfRangeException(nameof(inputSchema), Wrong(name, $"{column.Type}"));
    }

    /// <summary>Checks the column.</summary>
    /// <param name="inputSchema">The shape of the schema.</param>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or it has another type.</exception>
    public static void Check(SchemaShape inputSchema, string name)
    {
        SchemaShape.Column column = inputSchema.FirstOrDefault(candidate => candidate.Name == name);
        if (column.Name is null)
        {
            throw new ArgumentOutOfRangeException(nameof(inputSchema), Missing(name));
        }

        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !IsReadable(column.ItemType.RawType, column.IsKey))
        {
            throw new ArgumentOutOfRangeException(nameof(inputSchema), Wrong(name, $"{column.Kind} of {column.ItemType}"));
        }
    }

    /// <summary>Makes the function that reads the label of a row.</summary>
    /// <param name="row">The row, in which the column is active.</param>
    /// <param name="column">The column.</param>
    /// <returns>Reads the label.</returns>
    public static Func<string?> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => Reader<ReadOnlyMemory<char>>(row, column, value => value.IsEmpty ? null : value.ToString()),
        KeyDataViewType => Reader<uint>(row, column, value => value == 0 ? null : value.ToString(CultureInfo.InvariantCulture)),
        _ when column.Type.RawType == typeof(float) => Reader<float>(row, column, value => Number(value)),
        _ => Reader<double>(row, column, Number),
    };

    private static Func<string?> Reader<TValue>(DataViewRow row, DataViewSchema.Column column, Func<TValue, string?> text)
    {
        ValueGetter<TValue> get = row.GetGetter<TValue>(column);
        TValue value = default!;
        return () =>
        {
            get(ref value);
            return text(value);
        };
    }

    private static string? Number(double value) => double.IsNaN(value) ? null : value.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsReadable(Type rawType, bool isKey) =>
        rawType == typeof(uint) ? isKey : rawType == typeof(ReadOnlyMemory<char>) || rawType == typeof(float) || rawType == typeof(double);

    private static string Missing(string name) => $"Could not find label column '{name}'.";

    private static string Wrong(string name, string found) => $"Schema mismatch for label column '{name}': expected {Expected}, got {found}.";
}
