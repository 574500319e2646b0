using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>
/// The second line of a frame: pairs <c>key=value</c> with bare, quoted, braced and bracketed values, as ASE and libAtoms write them
/// (https://github.com/libAtoms/extxyz). A key without a value is a truth value and means <c>T</c>.
/// </summary>
internal sealed class ExtendedXyzComment
{
    private readonly Dictionary<string, (string Text, bool IsList)> pairs = [];

    /// <summary>Gets the pairs: the text of a value without quotation marks or brackets, and whether it is a list of values.</summary>
    public IReadOnlyDictionary<string, (string Text, bool IsList)> Pairs => pairs;

    /// <summary>Reads the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its one-based number.</param>
    /// <param name="errors">Makes the errors.</param>
    /// <returns>The pairs.</returns>
    /// <exception cref="CrystalFormatException">A quotation mark or bracket is not closed, a value is missing or a key comes twice.</exception>
    public static ExtendedXyzComment Parse(ReadOnlySpan<char> line, int number, ExtendedXyzErrors errors)
    {
        var comment = new ExtendedXyzComment();
        var rest = line.Trim();
        while (!rest.IsEmpty)
        {
            var begin = rest;
            if (!TryTakeKey(ref rest, out var key))
            {
                throw errors.At(number, "key=value pairs, quotation marks closed", begin);
            }

            rest = rest.TrimStart();
            (string Text, bool IsList) value = ("T", false);
            if (rest.StartsWith("="))
            {
                rest = rest[1..].TrimStart();
                if (!TryTakeValue(ref rest, out value))
                {
                    throw errors.At(number, "key=value pairs, each with a value, quotation marks and brackets closed", begin);
                }
            }

            if (!comment.pairs.TryAdd(key, value))
            {
                throw errors.With(number, "each key once", $"the key {QuotedText.Of(key.AsSpan())} again");
            }

            rest = rest.TrimStart();
        }

        return comment;
    }

    private static bool TryTakeKey(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out string? key)
    {
        if (rest[0] == '"')
        {
            return TryTakeQuoted(ref rest, out key, out _);
        }

        var end = 0;
        while (end < rest.Length && rest[end] != '=' && !char.IsWhiteSpace(rest[end]))
        {
            end++;
        }

        key = rest[..end].ToString();
        rest = rest[end..];
        return end > 0;
    }

    private static bool TryTakeValue(ref ReadOnlySpan<char> rest, out (string Text, bool IsList) value)
    {
        value = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rest[0] is '"' or '\'')
        {
            var isRead = TryTakeQuoted(ref rest, out var text, out var isList);
            value = (text ?? string.Empty, isList);
            return isRead && (rest.IsEmpty || char.IsWhiteSpace(rest[0]));
        }

        if (rest[0] is '{' or '[')
        {
            return TryTakeBracketed(ref rest, out value);
        }

        var word = TextWords.Take(ref rest);
        value = (word.ToString(), false);
        return !word.IsEmpty;
    }

    // Several numbers or truth values in quotation marks are a list: so the older programs write vectors.
    private static bool TryTakeQuoted(ref ReadOnlySpan<char> rest, out string? text, out bool isList)
    {
        var mark = rest[0];
        var unescaped = new StringBuilder();
        var index = 1;
        while (index < rest.Length && rest[index] != mark)
        {
            var letter = rest[index++];
            if (letter == '\\' && index < rest.Length && Unescape(rest[index]) is { } meant)
            {
                letter = meant;
                index++;
            }

            unescaped.Append(letter);
        }

        if (index >= rest.Length)
        {
            (text, isList) = (null, false);
            return false;
        }

        isList = IsListOfNumbers(rest[1..index]);
        text = unescaped.ToString();
        rest = rest[(index + 1)..];
        return true;
    }

    private static char? Unescape(char letter) => letter switch
    {
        'n' => '\n',
        '"' or '\'' or '\\' => letter,
        _ when char.IsWhiteSpace(letter) => letter,
        _ => null,
    };

    private static bool TryTakeBracketed(ref ReadOnlySpan<char> rest, out (string Text, bool IsList) value)
    {
        var depth = 0;
        for (var index = 0; index < rest.Length; index++)
        {
            depth += rest[index] is '{' or '[' ? 1 : rest[index] is '}' or ']' ? -1 : 0;
            if (depth == 0)
            {
                value = (rest[1..index].Trim().ToString(), true);
                rest = rest[(index + 1)..];
                return rest.IsEmpty || char.IsWhiteSpace(rest[0]);
            }
        }

        value = default;
        return false;
    }

    /// <summary>Says whether a text in quotation marks means a list.</summary>
    /// <param name="text">The text, with its backslashes.</param>
    /// <returns>Whether it is two or more numbers or truth values.</returns>
    public static bool IsListOfNumbers(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var word = TextWords.Take(ref text); !word.IsEmpty; word = TextWords.Take(ref text))
        {
            if (!(TextWords.TryParse(word, out _) || word is "T" or "F" or "True" or "False"))
            {
                return false;
            }

            count++;
        }

        return count > 1;
    }
}
