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

    /// <summary>Takes three numbers; the rest of the line may be anything.</summary>
    /// <param name="line">The line.</param>
    /// <param name="numbers">The numbers, which may be infinite or NaN.</param>
    /// <returns>Whether there are three numbers.</returns>
    public static bool TryTakeThree(ReadOnlySpan<char> line, out Vector3D numbers)
    {
        numbers = default;
        if (!TextWords.TryParse(TextWords.Take(ref line), out var x)
            || !TextWords.TryParse(TextWords.Take(ref line), out var y)
            || !TextWords.TryParse(TextWords.Take(ref line), out var z))
        {
            return false;
        }

        numbers = new(x, y, z);
        return true;
    }
}
