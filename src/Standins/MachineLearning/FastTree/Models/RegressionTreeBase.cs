using System.Collections.Immutable;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// A tree as it can be read: node i sends a row left when its feature is at most the threshold. A child ≥ 0 is a node, a child
/// c &lt; 0 the leaf ~c.
/// </summary>
public abstract class RegressionTreeBase
{
    private readonly ImmutableArray<int> _leftChild;
    private readonly ImmutableArray<int> _rightChild;
    private readonly ImmutableArray<int> _features;
    private readonly ImmutableArray<float> _thresholds;
    private readonly ImmutableArray<bool> _categorical;
    private readonly ImmutableArray<double> _leafValues;
    private readonly ImmutableArray<double> _gains;

    internal RegressionTreeBase(GrownTree tree)
    {
        _leftChild = [.. tree.LeftChild];
        _rightChild = [.. tree.RightChild];
        _features = [.. tree.Features];
        _thresholds = [.. tree.Thresholds];
        _categorical = [.. new bool[tree.Nodes]];
        _leafValues = [.. tree.LeafValues];
        _gains = [.. tree.Gains];
    }

    public IReadOnlyList<int> LeftChild => _leftChild;

    public IReadOnlyList<int> RightChild => _rightChild;

    public IReadOnlyList<int> NumericalSplitFeatureIndexes => _features;

    public IReadOnlyList<float> NumericalSplitThresholds => _thresholds;

    /// <summary>All false: this stand-in splits by number only.</summary>
    public IReadOnlyList<bool> CategoricalSplitFlags => _categorical;

    public IReadOnlyList<double> LeafValues => _leafValues;

    public IReadOnlyList<double> SplitGains => _gains;

    public int NumberOfLeaves => _leafValues.Length;

    /// <summary>Leaves not counted.</summary>
    public int NumberOfNodes => _leftChild.Length;

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
