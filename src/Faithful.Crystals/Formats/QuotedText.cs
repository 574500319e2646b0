using System.Text;

namespace Faithful.Crystals.Formats;

/// <summary>Text of a file in an error message: one clear line, not too long, and nothing that a terminal would obey.</summary>
internal static class QuotedText
{
    private const int MaximumLength = 60;

    /// <summary>Puts text into quotation marks.</summary>
    /// <param name="text">The text.</param>
    /// <returns>At most 60 characters of it in quotation marks, or the words <c>a blank line</c>.</returns>
    public static string Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return "a blank line";
        }

        var isCut = text.Length > MaximumLength;
        Span<char> plain = stackalloc char[Math.Min(text.Length, MaximumLength)];
        for (var index = 0; index < plain.Length; index++)
        {
            plain[index] = char.IsControl(text[index]) ? ' ' : text[index];
        }

        return $"\"{plain}{(isCut ? "…" : string.Empty)}\"";
    }

    /// <summary>Puts text into quotation marks.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <returns>At most 60 characters of it in quotation marks, or the words <c>a blank line</c>.</returns>
    public static string Of(ReadOnlySpan<byte> text) =>
        Of(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * (MaximumLength + 1))])); // a character has at most four bytes
}
