using System.Text;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Texts as values of a CIF: quoted as little as possible, and back.</summary>
internal static class CifText
{
    /// <summary>What begins each line of a text that has a semicolon at the beginning of a line (the line prefix of CIF 2.0).</summary>
    private const string Prefix = ">";

    private const string PrefixedStart = Prefix + @"\" + "\n";

    /// <summary>Appends a value and the end of its line.</summary>
    /// <param name="text">The text so far, at the end of a data name.</param>
    /// <param name="value">The value: any characters but control characters other than tab and LF.</param>
    public static void AppendValue(StringBuilder text, string value)
    {
        if (!value.Contains('\n'))
        {
            if (IsWord(value))
            {
                text.Append(' ').Append(value).Append('\n');
                return;
            }

            var mark = CanStandIn(value, '\'') ? '\'' : CanStandIn(value, '"') ? '"' : default;
            if (mark != default)
            {
                text.Append(' ').Append(mark).Append(value).Append(mark).Append('\n');
                return;
            }
        }

        // Also where a prefix would be taken for one.
        var isPrefixed = value.Contains("\n;", StringComparison.Ordinal) || FirstLine(value).EndsWith('\\');
        text.Append("\n;");
        text.Append(isPrefixed ? PrefixedStart + Prefix + value.Replace("\n", "\n" + Prefix, StringComparison.Ordinal) : value);
        text.Append("\n;\n");
    }

    /// <summary>Gets a value as it was given to <see cref="AppendValue"/>.</summary>
    public static string Unfold(CifValue value) => !value.IsBare && value.Text.StartsWith(PrefixedStart, StringComparison.Ordinal)
        ? string.Join('\n', value.Text[PrefixedStart.Length..].Split('\n').Select(line => line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : line))
        : value.Text;

    /// <summary>Whether a text can be a value at all: control characters and halves of surrogate pairs have no place in a CIF.</summary>
    public static bool IsWritable(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            var letter = value[index];
            if (char.IsHighSurrogate(letter) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(letter) || (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter == '\uFEFF')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWord(string value) => value.Length is > 0 and <= 80
        && value is not ("?" or ".")
        && char.IsAsciiLetterOrDigit(value[0]) | (value[0] is '-' or '+' or '.' or '(')
        && !value.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !IsKeyword(value);

    private static bool IsKeyword(string value) => value.StartsWith("data_", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("save_", StringComparison.OrdinalIgnoreCase)
        || value.Equals("loop_", StringComparison.OrdinalIgnoreCase)
        || value.Equals("stop_", StringComparison.OrdinalIgnoreCase)
        || value.Equals("global_", StringComparison.OrdinalIgnoreCase);

    // The mark must not come before a blank; the rules of CIF 2.0 and some readers want it not to come at all.
    private static bool CanStandIn(string value, char mark) => !value.Contains(mark) && value.Length <= 2000;

    private static ReadOnlySpan<char> FirstLine(string value) => value.AsSpan(0, Math.Max(0, value.IndexOf('\n') is var end and >= 0 ? end : value.Length));
}
