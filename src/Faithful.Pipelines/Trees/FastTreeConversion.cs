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
        return Mean([ensemble], bias);
    }

    /// <summary>Makes the ensemble whose score is the mean of several, their trees in turns.</summary>
    /// <param name="ensembles">What FastTree grew. Where it left trees out that it could not split, the others lose their last ones too.</param>
    /// <param name="bias">What is added to the mean.</param>
    /// <returns>The first tree of each, then the second of each, and so on; where there is none, one leaf of the value 0.</returns>
    internal static TreeEnsemble Mean(IReadOnlyList<RegressionTreeEnsemble> ensembles, double bias = 0)
    {
        int rounds = ensembles.Min(ensemble => ensemble.Trees.Count);
        double all = bias + ensembles.Average(ensemble => ensemble.Bias);
        if (rounds == 0)
        {
            return Constant(all);
        }

        IEnumerable<(RegressionTreeEnsemble Ensemble, int Round)> turns =
            Enumerable.Range(0, rounds).SelectMany(round => ensembles.Select(ensemble => (ensemble, round)));
        return new TreeEnsemble(
            turns.Select(turn => Copy(turn.Ensemble.Trees[turn.Round])),
            turns.Select(turn => turn.Ensemble.TreeWeights[turn.Round] / ensembles.Count),
            all);
    }

    /// <summary>Makes an ensemble whose score is the same for every row.</summary>
    /// <param name="score">The score.</param>
    /// <returns>One tree of one leaf.</returns>
    internal static TreeEnsemble Constant(double score) => new([new DecisionTree([], [], [], [], [0])], bias: score);

    private static DecisionTree Copy(RegressionTree tree) => tree.CategoricalSplitFlags.Any(flag => flag)
        ? throw new NotSupportedException("expected trees that split by number, found a split by category")
        : new DecisionTree(tree.LeftChild, tree.RightChild, tree.NumericalSplitFeatureIndexes, tree.NumericalSplitThresholds, tree.LeafValues);
}
