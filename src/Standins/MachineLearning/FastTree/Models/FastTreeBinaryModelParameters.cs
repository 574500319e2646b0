using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>What <see cref="FastTreeBinaryTrainer"/> learned.</summary>
public sealed class FastTreeBinaryModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree, ISavedStep
{
    internal FastTreeBinaryModelParameters(IReadOnlyList<GrownTree> trees, int featureCount)
        : base(trees, featureCount)
    {
    }

    string ISavedStep.Kind => SavedTrees.Binary;

    void ISavedStep.Write(BinaryWriter writer) => SavedTrees.Write(writer, this);
}
