using System.Globalization;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>The composition that a file states, for example <c>Al2 Mg O4</c>.</summary>
internal sealed class CifFormula
{
    /// <summary>How far a share of the atoms may be from the stated one.</summary>
    private const double Tolerance = 5e-3;

    private const int MaximumLength = 1000;

    private readonly Dictionary<Element, double> counts;

    private CifFormula(Dictionary<Element, double> counts)
    {
        this.counts = counts;
        Elements = counts.Keys.ToHashSet();
        Total = counts.Values.Sum();
    }

    /// <summary>Gets the elements.</summary>
    public IReadOnlySet<Element> Elements { get; }

    /// <summary>Gets the number of atoms of the formula.</summary>
    public double Total { get; }

    /// <summary>Reads a formula: symbols and numbers, separated by blanks.</summary>
    /// <returns>The formula, or null if the text is another kind of one.</returns>
    public static CifFormula? TryParse(string text)
    {
        var counts = new Dictionary<Element, double>();
        if (text.Length > MaximumLength)
        {
            return null;
        }

        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var digits = word.AsSpan().IndexOfAnyInRange('.', '9') is var start and >= 0 ? start : word.Length;
            double count = 1;
            if (!CifSpecies.TryReadType(word.AsSpan(0, digits), out var element)
                || (digits < word.Length
                    && !double.TryParse(word.AsSpan(digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out count))
                || !(count > 0))
            {
                return null;
            }

            counts[element] = counts.GetValueOrDefault(element) + count;
        }

        return counts.Count > 0 ? new(counts) : null;
    }

    /// <summary>Gets a value indicating whether atoms have this composition, whatever their number.</summary>
    public bool IsCompositionOf(IReadOnlyCollection<Element> species)
    {
        var found = new Dictionary<Element, int>();
        foreach (var element in species)
        {
            found[element] = found.GetValueOrDefault(element) + 1;
        }

        foreach (var (element, count) in counts)
        {
            var difference = (count / Total) - (found.GetValueOrDefault(element) / (double)species.Count);
            if (Math.Abs(difference) > Tolerance)
            {
                return false;
            }
        }

        return found.Keys.All(Elements.Contains);
    }
}
