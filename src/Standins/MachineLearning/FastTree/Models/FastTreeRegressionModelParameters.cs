using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>What <see cref="FastTreeRegressionTrainer"/> learned.</summary>
public sealed class FastTreeRegressionModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree, ISavedStep
{
    internal FastTreeRegressionModelParameters(IReadOnlyList<GrownTree> trees, int featureCount)
        : base(trees, featureCount)
    {
    }

    string ISavedStep.Kind => SavedTrees.Regression;

    void ISavedStep.Write(BinaryWriter writer) => SavedTrees.Write(writer, this);
}
