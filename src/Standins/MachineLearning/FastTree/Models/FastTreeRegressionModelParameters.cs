using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>What <see cref="FastTreeRegressionTrainer"/> learned.</summary>
public sealed class FastTreeRegressionModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal FastTreeRegressionModelParameters(IReadOnlyList<GrownTree> trees, int featureCount)
        : base(trees, featureCount)
    {
    }
}
