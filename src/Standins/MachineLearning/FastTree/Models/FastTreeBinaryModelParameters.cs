using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>What <see cref="FastTreeBinaryTrainer"/> learned.</summary>
public sealed class FastTreeBinaryModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal FastTreeBinaryModelParameters(IReadOnlyList<GrownTree> trees, int featureCount)
        : base(trees, featureCount)
    {
    }
}
