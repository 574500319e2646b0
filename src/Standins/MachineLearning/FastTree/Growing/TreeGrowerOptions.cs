namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>What a tree may look like.</summary>
/// <param name="MaximumLeaves">The most leaves, at least 2.</param>
/// <param name="MinimumExamples">The fewest rows of a leaf.</param>
/// <param name="EntropyCoefficient">FastTree's entropy coefficient, in [0, 1].</param>
/// <param name="FeatureFractionPerSplit">The chance that a better feature is taken when a split is chosen, in [0, 1].</param>
/// <param name="Seed">The seed of that choice.</param>
/// <param name="Threads">How many threads may work; the tree does not depend on it.</param>
internal sealed record TreeGrowerOptions(
    int MaximumLeaves, int MinimumExamples, double EntropyCoefficient, double FeatureFractionPerSplit, int Seed, int Threads);
