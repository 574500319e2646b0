using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>The elements of type symbols (<c>Fe3+</c>, <c>O2-</c>, <c>D</c>) and of labels (<c>Fe1A</c>).</summary>
internal static class CifSpecies
{
    private static readonly SearchValues<char> Charge = SearchValues.Create("0123456789+-.");

    /// <summary>Reads a type symbol: an element in letters of either case, and perhaps a charge.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="element">The element; hydrogen for <c>D</c> and <c>T</c>.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryReadType(ReadOnlySpan<char> symbol, [NotNullWhen(true)] out Element? element)
    {
        var letters = Letters(symbol);
        element = null;
        return !symbol[letters.Length..].ContainsAnyExcept(Charge) && TryReadLetters(letters, out element);
    }

    /// <summary>Gets a value indicating whether a symbol or label means deuterium or tritium.</summary>
    public static bool IsHeavyHydrogen(ReadOnlySpan<char> symbol) => Letters(symbol) is "D" or "d" or "T" or "t";

    /// <summary>Reads a label, which begins with the symbol of the element, as far as that can be told from what follows.</summary>
    /// <param name="label">The label.</param>
    /// <param name="formula">The elements of the chemical formula, by which doubts are settled; empty if there is none.</param>
    /// <param name="element">The element.</param>
    /// <returns>Whether the label means one element and no other.</returns>
    public static bool TryReadLabel(ReadOnlySpan<char> label, IReadOnlySet<Element> formula, [NotNullWhen(true)] out Element? element)
    {
        var letters = Letters(label);
        element = null;
        if (letters.Length < 2)
        {
            return TryReadLetters(letters, out element) && (letters is not "T" || formula.Contains(element)); // T: a tetrahedral site
        }

        var hasTwo = TryReadLetters(letters[..2], out var two);
        var hasOne = TryReadLetters(letters[..1], out var one);
        if (hasTwo && char.IsAsciiLetterUpper(letters[0]) && char.IsAsciiLetterLower(letters[1]))
        {
            element = two; // "Fe1", "CaM2"
        }
        else if (hasTwo && hasOne)
        {
            // "HO1", "FE1": holmium or hydrogen, iron or fluorine.
            element = formula.Contains(two!) == formula.Contains(one!) ? null : formula.Contains(two!) ? two : one;
        }
        else if (hasTwo)
        {
            element = two; // "MN1"
        }
        else if (hasOne && (char.IsAsciiLetterUpper(letters[1]) || formula.Contains(one!)))
        {
            element = one; // "OW1"; "Wat" only if there is tungsten
        }

        return element is not null;
    }

    private static bool TryReadLetters(ReadOnlySpan<char> letters, [NotNullWhen(true)] out Element? element)
    {
        element = null;
        if (letters.Length is not (1 or 2))
        {
            return false;
        }

        if (letters is "D" or "d" or "T" or "t")
        {
            element = Element.FromAtomicNumber(1);
            return true;
        }

        Span<char> symbol = [char.ToUpperInvariant(letters[0]), letters.Length == 2 ? char.ToLowerInvariant(letters[1]) : ' '];
        return Element.TryFromSymbol(symbol[..letters.Length], out element);
    }

    private static ReadOnlySpan<char> Letters(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        return text[..end];
    }
}
