using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A tree with one number a leaf.</summary>
public sealed class RegressionTree : RegressionTreeBase
{
    internal RegressionTree(GrownTree tree)
        : base(tree)
    {
    }
}
