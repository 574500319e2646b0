using System.Text;

namespace Microsoft.ML.Data.Text;

/// <summary>The lines of a file that hold rows. A line beginning with // is a comment; before the first row one beginning with # is too.</summary>
internal static class TextLines
{
    private const int SampleSize = 100;

    /// <summary>The first lines, a header among them.</summary>
    public static List<string> First(string path, TextFormat format) =>
        Read(path, format, hasHeader: false).Take(SampleSize).Select(line => line.Text).ToList();

    /// <summary>Lines without the header, with the numbers at which they end, counted from 1.</summary>
    public static IEnumerable<(long Number, string Text)> Read(string path, TextFormat format) =>
        Read(path, format, format.HasHeader).Take((int)Math.Min(format.MaxRows, int.MaxValue));

    private static IEnumerable<(long Number, string Text)> Read(string path, TextFormat format, bool hasHeader)
    {
        using var reader = new StreamReader(path);
        var number = 0L;
        var started = false;
        while (ReadLine(reader, format, ref number) is { } line)
        {
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || !started && line[0] == '#')
            {
                continue;
            }

            if (started || !hasHeader)
            {
                yield return (number, line);
            }

            started = true;
        }
    }

    private static string ReadLine(StreamReader reader, TextFormat format, ref long number)
    {
        var line = reader.ReadLine();
        number++;
        if (line is null || !format.ReadMultilines || line.StartsWith("//", StringComparison.Ordinal) || !EndsInQuotes(line, format, false))
        {
            return line;
        }

        var first = number;
        var text = new StringBuilder(line);
        for (var open = true; open; open = EndsInQuotes(line, format, true))
        {
            line = reader.ReadLine() ?? throw new EndOfStreamException(
                $"A quoted field opened on line {first} was never closed, and we've read to the last line in the file without finding the closing quote");
            number++;
            text.Append('\n').Append(line);
        }

        return text.ToString();
    }

    /// <summary>Whether a quoted field of the line goes on in the next one.</summary>
    private static bool EndsInQuotes(string line, TextFormat format, bool startsInQuotes)
    {
        var inside = startsInQuotes;
        for (var i = 0; i < line.Length || inside; i++)
        {
            if (!inside)
            {
                while (!format.KeepsSpaces && i < line.Length && line[i] == ' ')
                {
                    i++;
                }

                inside = i < line.Length && line[i] == '"';
                if (inside)
                {
                    i++;
                }
            }

            if (inside)
            {
                i = TextFields.EndOfQuotes(line, i, format.EscapeChar);
                if (i < 0)
                {
                    return true;
                }

                inside = false;
                while (!format.KeepsSpaces && i < line.Length && line[i] == ' ')
                {
                    i++;
                }

                if (i < line.Length && !format.IsSeparator(line[i]))
                {
                    return false; // bad quotes: what follows is not looked at
                }
            }

            while (i < line.Length && !format.IsSeparator(line[i]))
            {
                i++;
            }
        }

        return false;
    }
}
