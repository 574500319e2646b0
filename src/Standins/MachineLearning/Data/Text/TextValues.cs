using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data.Text;

/// <summary>Readers of values from fields.</summary>
internal static class TextValues
{
    private static readonly string[] Missing = ["?", "NaN", "NA", "N/A"];
    private static readonly string[] True = ["T", "Y", "1", "+", "+1", "Yes", "True"];
    private static readonly string[] False = ["F", "N", "0", "-", "-1", "No", "False"];

    public static TextValue<T> For<T>(PrimitiveDataViewType type, NumberFormatInfo numbers)
    {
        Delegate reader = type switch
        {
            KeyDataViewType key => Key<T>(key),
            TextDataViewType => (TextValue<ReadOnlyMemory<char>>)Text,
            BooleanDataViewType => (TextValue<bool>)Boolean,
            TimeSpanDataViewType => (TextValue<TimeSpan>)Span,
            DateTimeDataViewType => (TextValue<DateTime>)Date,
            DateTimeOffsetDataViewType => (TextValue<DateTimeOffset>)DateAndOffset,
            _ => Number(type.RawType, numbers),
        };
        return (TextValue<T>)reader;
    }

    private static Delegate Number(Type type, NumberFormatInfo numbers) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => Real<float>(numbers),
        TypeCode.Double => Real<double>(numbers),
        TypeCode.SByte => (TextValue<sbyte>)Whole,
        TypeCode.Byte => (TextValue<byte>)Whole,
        TypeCode.Int16 => (TextValue<short>)Whole,
        TypeCode.UInt16 => (TextValue<ushort>)Whole,
        TypeCode.Int32 => (TextValue<int>)Whole,
        TypeCode.UInt32 => (TextValue<uint>)Whole,
        TypeCode.Int64 => (TextValue<long>)Whole,
        TypeCode.UInt64 => (TextValue<ulong>)Whole,
        _ => throw new NotSupportedException($"A column of {type} cannot be read from text."),
    };

    private static bool Text(ReadOnlyMemory<char> text, out ReadOnlyMemory<char> value)
    {
        value = text;
        return true;
    }

    private static bool Boolean(ReadOnlyMemory<char> text, out bool value)
    {
        value = IsOneOf(True, text);
        return value || IsOneOf(False, text);
    }

    private static bool Whole<T>(ReadOnlyMemory<char> text, out T value)
        where T : INumber<T> =>
        T.TryParse(text.Span, text.Span[0] == '-' ? NumberStyles.AllowLeadingSign : NumberStyles.None, NumberFormatInfo.InvariantInfo, out value);

    /// <summary>What is no number is missing: such a field can always be read.</summary>
    private static TextValue<T> Real<T>(NumberFormatInfo numbers)
        where T : struct, IFloatingPointIeee754<T> => (ReadOnlyMemory<char> text, out T value) =>
    {
        var span = text.Span.Trim();
        var isRead = T.TryParse(span, NumberStyles.Float, numbers, out value);
        if (isRead && T.IsFinite(value) || span.IsEmpty)
        {
            return true;
        }

        // .NET reads infinity in any case of letters, ML.NET only as it writes it; digits that are too many are infinite in both.
        value = span switch
        {
            "Infinity" or "∞" => T.PositiveInfinity,
            "-Infinity" or "-∞" => T.NegativeInfinity,
            _ => isRead && char.IsAsciiDigit(span[^1]) ? value : T.NaN,
        };
        return true;
    };

    /// <summary>The text counts values from 0. One that is no number or out of range is missing.</summary>
    private static TextValue<T> Key<T>(KeyDataViewType key) => (ReadOnlyMemory<char> text, out T value) =>
    {
        value = default;
        if (!IsOneOf(Missing, text) && Whole(text, out ulong number) && number < key.Count)
        {
            value = (T)Convert.ChangeType(number + 1, typeof(T), NumberFormatInfo.InvariantInfo);
        }

        return true;
    };

    private static bool Span(ReadOnlyMemory<char> text, out TimeSpan value) =>
        TimeSpan.TryParse(text.Span, CultureInfo.InvariantCulture, out value);

    private static bool Date(ReadOnlyMemory<char> text, out DateTime value) =>
        DateTime.TryParse(text.Span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);

    private static bool DateAndOffset(ReadOnlyMemory<char> text, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(text.Span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    private static bool IsOneOf(string[] words, ReadOnlyMemory<char> text)
    {
        foreach (var word in words)
        {
            if (text.Span.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
