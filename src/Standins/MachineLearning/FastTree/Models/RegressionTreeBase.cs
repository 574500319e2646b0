using System.Collections.Immutable;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// A tree as it can be read: node i sends a row left when its feature is at most the threshold. A child ≥ 0 is a node, a child
/// c &lt; 0 the leaf ~c.
/// </summary>
public abstract class RegressionTreeBase
{
    private readonly ImmutableArray<int> leftChild;
    private readonly ImmutableArray<int> rightChild;
    private readonly ImmutableArray<int> features;
    private readonly ImmutableArray<float> thresholds;
    private readonly ImmutableArray<bool> categorical;
    private readonly ImmutableArray<double> leafValues;
    private readonly ImmutableArray<double> gains;

    internal RegressionTreeBase(GrownTree tree)
    {
        leftChild = [.. tree.LeftChild];
        rightChild = [.. tree.RightChild];
        features = [.. tree.Features];
        thresholds = [.. tree.Thresholds];
        categorical = [.. new bool[tree.Nodes]];
        leafValues = [.. tree.LeafValues];
        gains = [.. tree.Gains];
    }

    public IReadOnlyList<int> LeftChild => leftChild;

    public IReadOnlyList<int> RightChild => rightChild;

    public IReadOnlyList<int> NumericalSplitFeatureIndexes => features;

    public IReadOnlyList<float> NumericalSplitThresholds => thresholds;

    /// <summary>All false: this stand-in splits by number only.</summary>
    public IReadOnlyList<bool> CategoricalSplitFlags => categorical;

    public IReadOnlyList<double> LeafValues => leafValues;

    public IReadOnlyList<double> SplitGains => gains;

    public int NumberOfLeaves => leafValues.Length;

    /// <summary>Leaves not counted.</summary>
    public int NumberOfNodes => leftChild.Length;

    public IReadOnlyList<int> GetCategoricalSplitFeaturesAt(int nodeIndex)
    {
        Contracts.Check(nodeIndex >= 0 && nodeIndex < NumberOfNodes,
            $"The input index, {nodeIndex}, is invalid. Its valid range is from 0 (inclusive) to {NumberOfNodes} (exclusive).");
        return [];
    }

    public IReadOnlyList<int> GetCategoricalCategoricalSplitFeatureRangeAt(int nodeIndex)
    {
        Contracts.Check(nodeIndex >= 0 && nodeIndex < NumberOfNodes,
            $"The input node index, {nodeIndex}, is invalid. Its valid range is from 0 (inclusive) to {NumberOfNodes} (exclusive).");
        return [];
    }
}
