namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>The best split of a leaf: rows whose bin of the feature is at most the threshold stay.</summary>
/// <param name="Feature">The feature, counted among those that can be split.</param>
/// <param name="Threshold">The highest bin that stays.</param>
/// <param name="Gain">How much the split lowers the sum of squares; −∞ where there is none.</param>
internal readonly record struct LeafSplit(int Feature, int Threshold, double Gain)
{
    /// <summary>No split.</summary>
    public static LeafSplit None { get; } = new(0, 0, double.NegativeInfinity);
}
