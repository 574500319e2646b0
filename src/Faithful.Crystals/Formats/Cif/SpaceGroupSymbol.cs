using System.Text;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Spellings of Hermann-Mauguin symbols.</summary>
internal static class SpaceGroupSymbol
{
    private const int MaximumLength = 100;

    /// <summary>
    /// Brings a symbol into one spelling: small letters without blanks, underscores and marks of subscripts. <c>P 21/c</c>,
    /// <c>P2_1/c</c>, <c>P 2(1)/c</c>, <c>P 2~1~/c</c> and <c>P 2&lt;sub&gt;1&lt;/sub&gt;/c</c> are one.
    /// </summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>The name, and the choice of axes or origin: what follows a colon, or is said in words. Empty if there is none.</returns>
    public static (string Name, string Choice) Normalize(string symbol)
    {
        if (symbol.Length > MaximumLength)
        {
            return (string.Empty, string.Empty);
        }

        var name = new StringBuilder();
        var isInTag = false;
        foreach (var letter in symbol.ToLowerInvariant())
        {
            isInTag |= letter == '<';
            if (!isInTag && letter is not ('_' or '~' or '$' or '{' or '}' or '(' or ')') && !char.IsWhiteSpace(letter))
            {
                name.Append(letter is '\u2212' or '\u2013' ? '-' : letter);
            }

            isInTag &= letter != '>';
        }

        var text = name.ToString();
        var choice = string.Empty;
        if (text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
        {
            (text, choice) = (text[..colon], text[(colon + 1)..]);
        }
        else if (text.IndexOf("origin", StringComparison.Ordinal) is var origin and > 0)
        {
            (text, choice) = (text[..origin].TrimEnd(',', ';'), text[^1..]); // "(origin choice 2)", "origin at 2"
        }

        if (text.IndexOf("no.", StringComparison.Ordinal) is var number and > 0)
        {
            text = text[..number]; // "P 21/c (No. 14)"
        }

        // The Protein Data Bank writes H 3 and H 3 2 for R 3 and R 3 2 in hexagonal axes.
        return text is "h3" or "h32" ? ("r" + text[1..], "h") : (text, choice);
    }
}
