using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Faithful.Crystals;

/// <summary>Writes chemical formulas in the element sequence of IUPAC's Red Book (2005), table VI, from its electropositive end.</summary>
internal static class FormulaWriter
{
    public static string Write(ImmutableArray<Element> species, bool reduce)
    {
        Span<int> counts = stackalloc int[Element.Count + 1];
        var present = Count(species, counts, out var divisor);
        present.Sort((left, right) => Rank(left).CompareTo(Rank(right)));
        var text = new StringBuilder();
        foreach (var element in present)
        {
            var count = counts[element.AtomicNumber] / (reduce ? divisor : 1);
            text.Append(element.Symbol);
            if (count > 1)
            {
                text.Append(count.ToString(CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    public static string WriteAnonymous(ImmutableArray<Element> species)
    {
        Span<int> counts = stackalloc int[Element.Count + 1];
        var present = Count(species, counts, out var divisor);
        var amounts = new List<int>(present.Count);
        foreach (var element in present)
        {
            amounts.Add(counts[element.AtomicNumber] / divisor);
        }

        amounts.Sort();
        var text = new StringBuilder();
        for (var index = 0; index < amounts.Count; index++)
        {
            text.Append((char)('A' + (index % 26)));
            if (index >= 26)
            {
                text.Append((char)('a' + (index / 26) - 1)); // Aa follows Z
            }

            if (amounts[index] > 1)
            {
                text.Append(amounts[index].ToString(CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    public static string WriteSystem(ImmutableArray<Element> species) =>
        string.Join('-', species.Distinct().Select(element => element.Symbol).Order(StringComparer.Ordinal));

    /// <summary>Counts the atoms of each element.</summary>
    /// <returns>The elements that occur, by atomic number; the divisor is the greatest common one of their counts.</returns>
    private static List<Element> Count(ImmutableArray<Element> species, Span<int> counts, out int divisor)
    {
        foreach (var element in species)
        {
            counts[element.AtomicNumber]++;
        }

        divisor = 0;
        var present = new List<Element>();
        foreach (var element in Element.All)
        {
            if (counts[element.AtomicNumber] > 0)
            {
                present.Add(element);
                divisor = WholeNumber.GreatestCommonDivisor(counts[element.AtomicNumber], divisor);
            }
        }

        return present;
    }

    // Group by group (noble gases first, hydrogen between nitrogen's and oxygen's group), in a group the heavier first.
    private static int Rank(Element element)
    {
        var column = element switch
        {
            { AtomicNumber: 1 } => 31,
            { Group: 18 } => 0,
            { Group: 0 } => 5, // the f block stands before group 3
            _ => 2 * element.Group,
        };
        return (column * 1000) - element.AtomicNumber;
    }
}
