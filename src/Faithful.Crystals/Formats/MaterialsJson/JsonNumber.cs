namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>The number syntax of JSON (RFC 8259, section 6).</summary>
internal static class JsonNumber
{
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        text = text.StartsWith("-") ? text[1..] : text;
        var whole = TakeDigits(ref text);
        if (whole.Length == 0 || (whole.Length > 1 && whole[0] == '0'))
        {
            return false;
        }

        if (text.StartsWith("."))
        {
            text = text[1..];
            if (TakeDigits(ref text).Length == 0)
            {
                return false;
            }
        }

        if (text.Length > 0 && text[0] is 'e' or 'E')
        {
            text = text[1..];
            text = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
            if (TakeDigits(ref text).Length == 0)
            {
                return false;
            }
        }

        return text.IsEmpty;
    }

    private static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }
}
