namespace Microsoft.ML.Data.Text;

/// <summary>Reads the items of a column; the value of an empty field is the default one, or NaN where the format says so.</summary>
internal abstract class TextItems<T>(string name, DataViewType itemType, TextFormat format) : TextColumn
{
    private readonly TextValue<T> reader = TextValues.For<T>((PrimitiveDataViewType)itemType, format.Numbers);
    private readonly T empty = format.MissingRealsAsNaNs ? MissingReal() : default;

    protected T Read(ReadOnlyMemory<char> field, long line)
    {
        if (field.IsEmpty)
        {
            return empty;
        }

        if (reader(field, out var value))
        {
            return value;
        }

        var message = $"Could not parse value {field} in line {line}, column {name}: {itemType} was expected.";
        throw new FormatException($"Parsing failed with an exception: {message}", new InvalidOperationException(message));
    }

    private static T MissingReal() =>
        typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;
}
