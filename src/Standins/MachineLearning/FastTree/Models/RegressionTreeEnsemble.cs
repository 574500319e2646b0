namespace Microsoft.ML.Trainers.FastTree;

/// <summary>An ensemble of regression trees.</summary>
public sealed class RegressionTreeEnsemble : TreeEnsemble<RegressionTree>
{
    internal RegressionTreeEnsemble(IEnumerable<RegressionTree> trees, IEnumerable<double> treeWeights, double bias)
        : base(trees, treeWeights, bias)
    {
    }
}
