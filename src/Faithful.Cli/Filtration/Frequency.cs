namespace Faithful.Cli.Filtration;

/// <summary>How often something occurs in the list and in the whole catalogue.</summary>
/// <param name="Name">An element or an anonymous formula.</param>
/// <param name="Listed">The listed crystals that have it.</param>
/// <param name="InCatalogue">The crystals of the catalogue that have it.</param>
/// <param name="ListLength">All listed crystals.</param>
/// <param name="Crystals">All crystals of the catalogue.</param>
internal sealed record Frequency(string Name, int Listed, int InCatalogue, int ListLength, int Crystals)
{
    /// <summary>Gets how much more frequent it is in the list than in the catalogue; 1 for as frequent.</summary>
    public double Enrichment => ListLength == 0 ? 0 : (double)Listed / ListLength / ((double)InCatalogue / Crystals);

    /// <summary>Counts.</summary>
    /// <param name="listed">The listed crystals.</param>
    /// <param name="catalogue">All crystals, the listed ones among them.</param>
    /// <param name="names">What a crystal has, each once.</param>
    /// <returns>What occurs in the list, the most frequent first.</returns>
    public static IReadOnlyList<Frequency> Count(
        IReadOnlyCollection<CatalogueEntry> listed, IReadOnlyCollection<CatalogueEntry> catalogue, Func<CatalogueEntry, IEnumerable<string>> names)
    {
        Dictionary<string, int> all = catalogue.SelectMany(names).CountBy(name => name, StringComparer.Ordinal).ToDictionary();
        return
        [
            .. listed.SelectMany(names).CountBy(name => name, StringComparer.Ordinal)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new Frequency(pair.Key, pair.Value, all[pair.Key], listed.Count, catalogue.Count)),
        ];
    }
}
