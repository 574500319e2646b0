using System.Collections.Immutable;

namespace Faithful.Cli.Filtration;

/// <summary>What became of a material that the paper names.</summary>
/// <param name="Finding">The material.</param>
/// <param name="Entries">Its crystals in the catalogue: the rank among all crystals by doubt (0 for none), and whether every network misses it.</param>
internal sealed record PaperComparison(PaperFinding Finding, ImmutableArray<(CatalogueEntry Entry, int Rank, bool IsListed)> Entries)
{
    /// <summary>Gets the outcome in words.</summary>
    public string Outcome => Entries.IsEmpty ? "not in the data" : Entries.Any(entry => entry.IsListed) ? "listed" : "in the data, not listed";
}
