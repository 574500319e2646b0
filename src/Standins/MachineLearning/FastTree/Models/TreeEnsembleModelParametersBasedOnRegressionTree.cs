using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>An ensemble of trees that can be read.</summary>
public abstract class TreeEnsembleModelParametersBasedOnRegressionTree : TreeEnsembleModelParameters
{
    private protected TreeEnsembleModelParametersBasedOnRegressionTree(IReadOnlyList<GrownTree> trees, int featureCount)
        : base(trees, featureCount) =>
        TrainedTreeEnsemble = new RegressionTreeEnsemble(trees.Select(tree => new RegressionTree(tree)), trees.Select(_ => 1.0), 0);

    public RegressionTreeEnsemble TrainedTreeEnsemble { get; }
}
