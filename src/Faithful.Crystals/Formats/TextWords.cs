using System.Globalization;

namespace Faithful.Crystals.Formats;

/// <summary>The words and numbers of a line.</summary>
internal static class TextWords
{
    /// <summary>Takes the next word of a line: what stands between spaces and tabs.</summary>
    /// <param name="line">The line; what is left of it.</param>
    /// <returns>The word, empty at the end of the line.</returns>
    public static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        var end = 0;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        var word = line[..end];
        line = line[end..];
        return word;
    }

    /// <summary>Reads a number as Fortran writes it: <c>1.5</c>, <c>.5</c>, <c>1e-3</c>, <c>1D-3</c>.</summary>
    /// <param name="word">The word.</param>
    /// <param name="number">The number, which may be infinite or NaN.</param>
    /// <returns>Whether the word is a number.</returns>
    public static bool TryParse(ReadOnlySpan<char> word, out double number)
    {
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        var exponent = word.IndexOfAny('d', 'D');
        if (exponent < 1 || word.Length > 64)
        {
            return false;
        }

        Span<char> copy = stackalloc char[word.Length];
        word.CopyTo(copy);
        copy[exponent] = 'e';
        return double.TryParse(copy, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
