using System.Text;

namespace Microsoft.ML.Data.Text;

/// <summary>The fields of one line. A field in quotes that is not closed, or followed by more than spaces, is empty.</summary>
internal sealed class TextFields(TextFormat format)
{
    private readonly StringBuilder unquoted = new();
    private ReadOnlyMemory<char>[] fields = new ReadOnlyMemory<char>[16];

    public int Count { get; private set; }

    /// <summary>Fields beyond the last are empty.</summary>
    public ReadOnlyMemory<char> this[int index] => index < Count ? fields[index] : default;

    /// <summary>Splits the line up to the field <paramref name="limit"/>, which is not included.</summary>
    public void Split(string line, int limit = int.MaxValue)
    {
        var end = format.TrimWhitespace ? line.AsSpan().TrimEnd().Length : line.Length;
        Count = 0;
        for (var start = 0; start >= 0 && Count < limit;)
        {
            if (Count == fields.Length)
            {
                Array.Resize(ref fields, 2 * Count);
            }

            fields[Count] = Next(line, end, ref start);
            Count++;
        }
    }

    /// <summary>The place after the closing quote, or -1 where there is none; <paramref name="start"/> is that after the opening quote.</summary>
    public static int EndOfQuotes(ReadOnlySpan<char> line, int start, char escape)
    {
        for (var i = start; i < line.Length; i++)
        {
            if (escape != '"' && line[i] == escape)
            {
                i++;
            }
            else if (line[i] == '"' && !(escape == '"' && i + 1 < line.Length && line[i + 1] == '"'))
            {
                return i + 1;
            }
            else if (line[i] == '"')
            {
                i++;
            }
        }

        return -1;
    }

    /// <summary>Moves <paramref name="start"/> to the next field, or to -1 when this was the last.</summary>
    private ReadOnlyMemory<char> Next(string line, int end, ref int start)
    {
        var first = start;
        while (!format.KeepsSpaces && first < end && line[first] == ' ')
        {
            first++;
        }

        var isQuoted = format.AllowQuoting && first < end && line[first] == '"';
        var closed = isQuoted ? EndOfQuotes(line.AsSpan(0, end), first + 1, format.EscapeChar) : first;
        if (closed < 0)
        {
            start = -1;
            return default;
        }

        var length = line.AsSpan(closed, end - closed).IndexOfAny(format.Separators);
        var last = length < 0 ? end : closed + length;
        start = length < 0 ? -1 : last + 1;
        if (!isQuoted)
        {
            return line.AsMemory(first, last - first);
        }

        return line.AsSpan(closed, last - closed).Trim(' ').IsEmpty ? Unquote(line, first + 1, closed - 1) : default;
    }

    private ReadOnlyMemory<char> Unquote(string line, int first, int end)
    {
        if (line.AsSpan(first, end - first).IndexOf(format.EscapeChar) < 0)
        {
            return line.AsMemory(first, end - first);
        }

        unquoted.Clear();
        for (var i = first; i < end; i++)
        {
            if (line[i] == format.EscapeChar && i + 1 < end && line[i + 1] == '"')
            {
                i++;
            }

            unquoted.Append(line[i]);
        }

        return unquoted.ToString().AsMemory();
    }
}
