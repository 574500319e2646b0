namespace Faithful.Crystals.Formats.Cif;

/// <summary>The errors of one CIF: what was expected at a line and the text found there.</summary>
/// <param name="source">The file as the caller named it.</param>
internal sealed class CifErrors(string source)
{
    private const int QuotedLength = 60;

    public CrystalFormatException At(int line, string expected, ReadOnlySpan<char> foundText) => new(source, line, expected, Quote(foundText));

    public CrystalFormatException With(int line, string expected, string found) => new(source, line, expected, found);

    public CrystalFormatException Because(int line, InvalidCrystalException exception) =>
        new(source, line, exception.Expected, exception.Found, exception);

    /// <summary>The entry describes a disordered crystal, and describes it well.</summary>
    public CrystalFormatException Disordered(int line, string expected, string found) => new(source, line, expected, found) { IsDisordered = true };

    public CrystalFormatException Unreadable(Exception exception) => new(source, 0, "a readable file", exception.Message, exception);

    /// <summary>Puts text of the file in quotation marks.</summary>
    public static string Quote(ReadOnlySpan<char> text) => $"\"{Plain(text)}\"";

    /// <summary>Makes one clear line of a text of the file, and nothing that a terminal would obey.</summary>
    public static string Plain(ReadOnlySpan<char> text)
    {
        var isCut = text.Length > QuotedLength;
        Span<char> plain = stackalloc char[Math.Min(text.Length, QuotedLength)];
        for (var index = 0; index < plain.Length; index++)
        {
            plain[index] = char.IsControl(text[index]) ? ' ' : text[index];
        }

        return $"{plain}{(isCut ? "…" : string.Empty)}";
    }
}
