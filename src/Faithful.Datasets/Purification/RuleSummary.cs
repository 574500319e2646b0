namespace Faithful.Datasets.Purification;

/// <summary>What one rule has done to a data set.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Explanation">What it removes or changes.</param>
/// <param name="Removed">The number of crystals it removed.</param>
/// <param name="Contradictions">How many of these went because crystals of one material contradict each other.</param>
/// <param name="Materials">The number of materials that these were; 0 for rules of single crystals.</param>
/// <param name="Changed">The number of kept crystals that it changed.</param>
public sealed record RuleSummary(string Rule, string Explanation, int Removed, int Contradictions, int Materials, int Changed);
