using System.Collections.Immutable;

namespace Faithful.Datasets.Purification;

/// <summary>A crystal that purification has removed, and why.</summary>
/// <param name="Id">The id.</param>
/// <param name="Origin">The file, with the line in parentheses where a file holds many crystals.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Reason">Why, without a full stop.</param>
/// <param name="Duplicates">The ids of the other crystals of the same material, in natural order; empty for rules of single crystals.</param>
/// <param name="KeptAs">The id that is kept for the material; null when there is none.</param>
public sealed record RemovedCrystal(
    string Id, string Origin, string Rule, string Reason, ImmutableArray<string> Duplicates, string? KeptAs)
{
    /// <summary>Gets a value indicating whether it went because crystals of one material contradict each other, so that none is kept.</summary>
    public bool IsContradiction => Duplicates.Length > 0 && KeptAs is null;
}
