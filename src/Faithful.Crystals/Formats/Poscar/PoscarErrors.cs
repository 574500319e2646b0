namespace Faithful.Crystals.Formats.Poscar;

/// <summary>The errors of one POSCAR: what was expected at a line and the text found there.</summary>
/// <param name="source">The file as the caller named it.</param>
internal sealed class PoscarErrors(string source)
{
    private const int QuotedLength = 60;

    public CrystalFormatException At(int line, string expected, ReadOnlySpan<char> foundText) =>
        new(source, line, expected, Quote(foundText));

    public CrystalFormatException AtEnd(int line, string expected) => new(source, line, expected, "the end of the file");

    public CrystalFormatException Because(int line, InvalidCrystalException exception) =>
        new(source, line, exception.Expected, exception.Found, exception);

    public CrystalFormatException With(int line, string expected, string found) => new(source, line, expected, found);

    private static string Quote(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return "a blank line";
        }

        var isCut = text.Length > QuotedLength;
        Span<char> plain = stackalloc char[Math.Min(text.Length, QuotedLength)];
        for (var index = 0; index < plain.Length; index++)
        {
            plain[index] = char.IsControl(text[index]) ? ' ' : text[index]; // one clear line, and nothing a terminal would obey
        }

        return $"\"{plain}{(isCut ? "…" : string.Empty)}\"";
    }
}
