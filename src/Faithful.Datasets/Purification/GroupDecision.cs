namespace Faithful.Datasets.Purification;

/// <summary>What becomes of a group of crystals that are one material.</summary>
/// <param name="Kept">The one that stays; null when all go, because they contradict each other.</param>
/// <param name="Reason">Why the others go, without a full stop.</param>
internal readonly record struct GroupDecision(ExaminedCrystal? Kept, string Reason);
