namespace Faithful.Datasets.Purification;

/// <summary>A crystal that a rule for single crystals has removed, whatever the label.</summary>
/// <param name="Index">The zero-based place of the crystal in the input.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Removal">Why it went.</param>
internal sealed record RejectedCrystal(int Index, IReadOnlyDictionary<string, string> Labels, RemovedCrystal Removal);
