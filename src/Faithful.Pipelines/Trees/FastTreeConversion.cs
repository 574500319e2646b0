using Faithful.Models.Trees;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Pipelines;

/// <summary>Takes trees out of ML.NET, by what it publishes of them.</summary>
public static class FastTreeConversion
{
    /// <summary>Copies an ensemble.</summary>
    /// <param name="ensemble">What FastTree grew.</param>
    /// <param name="bias">What is added to the sum, beside the ensemble's own.</param>
    /// <returns>The same trees; where there is none, one leaf of the value 0.</returns>
    /// <exception cref="NotSupportedException">A tree splits by category, which models of this project do not.</exception>
    public static TreeEnsemble ToTreeEnsemble(this RegressionTreeEnsemble ensemble, double bias = 0)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        return ensemble.Trees.Count == 0
            ? Constant(ensemble.Bias + bias)
            : new TreeEnsemble(ensemble.Trees.Select(Copy), ensemble.TreeWeights, ensemble.Bias + bias);
    }

    /// <summary>Makes an ensemble whose score is the same for every row.</summary>
    /// <param name="score">The score.</param>
    /// <returns>One tree of one leaf.</returns>
    internal static TreeEnsemble Constant(double score) => new([new DecisionTree([], [], [], [], [0])], bias: score);

    private static DecisionTree Copy(RegressionTree tree) => tree.CategoricalSplitFlags.Any(flag => flag)
        ? throw new NotSupportedException("expected trees that split by number, found a split by category")
        : new DecisionTree(tree.LeftChild, tree.RightChild, tree.NumericalSplitFeatureIndexes, tree.NumericalSplitThresholds, tree.LeafValues);
}
