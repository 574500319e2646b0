using System.Globalization;

namespace Faithful.Crystals.Formats.Poscar;

/// <summary>The lines of a text, one after the other, without copies.</summary>
/// <param name="text">The text; lines end with LF, CRLF or CR.</param>
internal ref struct PoscarLines(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> rest = text;

    /// <summary>Gets the one-based number of the current line; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>Gets the current line without its end.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Gets the number of characters after the current line: no more lines than that can follow.</summary>
    public readonly int Remaining => rest.Length;

    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            Current = default;
            Number++; // the line that should have been there
            return false;
        }

        var end = rest.IndexOfAny('\n', '\r');
        Current = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + (rest[end..].StartsWith("\r\n") ? 2 : 1))..];
        Number++;
        return true;
    }

    /// <summary>Takes the next word of a line: what stands between spaces and tabs.</summary>
    /// <param name="line">The line; what is left of it.</param>
    /// <returns>The word, empty at the end of the line.</returns>
    public static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> line)
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

    /// <summary>Takes three numbers; the rest of the line may be anything.</summary>
    /// <param name="line">The line.</param>
    /// <param name="numbers">The numbers, which may be infinite or NaN.</param>
    /// <returns>Whether there are three numbers.</returns>
    public static bool TryTakeThree(ReadOnlySpan<char> line, out Vector3D numbers)
    {
        numbers = default;
        if (!TryParse(TakeWord(ref line), out var x)
            || !TryParse(TakeWord(ref line), out var y)
            || !TryParse(TakeWord(ref line), out var z))
        {
            return false;
        }

        numbers = new(x, y, z);
        return true;
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
