using System.Text.RegularExpressions;

namespace Faithful.Cli.Filtration;

/// <summary>
/// A material that Nop et al. found misclassified by all of their networks (npj Comput. Mater. 2025, DOI 10.1038/s41524-025-01655-w): four
/// that are probably wrong in the catalogue, and examples of two families of compounds.
/// </summary>
/// <param name="Formula">The formula as the paper writes it.</param>
/// <param name="Group">What the paper says of it.</param>
/// <param name="SpaceGroup">The space group, where the paper names it.</param>
internal sealed partial record PaperFinding(string Formula, string Group, int? SpaceGroup = null)
{
    private const string Wrong = "probably wrong", OneToThree = "1:3", OneToFive = "1:5";

    /// <summary>Gets the materials that the paper names, in its order.</summary>
    public static IReadOnlyList<PaperFinding> All { get; } =
    [
        new("CeIn2Ni9", Wrong), new("Fe2SnU2", Wrong), new("B4Fe", Wrong, 58), new("InNi4Tm", Wrong),
        new("PtNi3", OneToThree), new("MoPt3", OneToThree), new("PdFe3", OneToThree), new("HfPd3", OneToThree), new("CrNi3", OneToThree),
        new("AlCu3", OneToThree), new("HgTi3", OneToThree),
        new("HoCu5", OneToFive), new("GdZn5", OneToFive), new("EuAg5", OneToFive), new("CePt5", OneToFive), new("ThNi5", OneToFive), new("CeNi5", OneToFive),
    ];

    /// <summary>Says whether a formula is of this material, in whatever order its elements stand.</summary>
    /// <param name="entry">A crystal of a catalogue.</param>
    /// <returns>True for the same elements in the same amounts and, where the paper names it, the same space group.</returns>
    public bool Is(CatalogueEntry entry) => (SpaceGroup is null || SpaceGroup == entry.SpaceGroup) && Sorted(Formula) == Sorted(entry.Formula);

    private static string Sorted(string formula) =>
        string.Concat(ElementAndAmount().Matches(formula).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex("[A-Z][a-z]?[0-9]*")]
    private static partial Regex ElementAndAmount();
}
