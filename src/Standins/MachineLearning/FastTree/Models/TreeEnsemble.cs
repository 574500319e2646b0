namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Trees whose weighted outputs, and the bias, add up to a score.</summary>
public abstract class TreeEnsemble<T>
    where T : RegressionTreeBase
{
    private protected TreeEnsemble(IEnumerable<T> trees, IEnumerable<double> treeWeights, double bias)
    {
        Bias = bias;
        TreeWeights = treeWeights.ToList();
        Trees = trees.ToList();
    }

    public double Bias { get; }

    public IReadOnlyList<double> TreeWeights { get; }

    public IReadOnlyList<T> Trees { get; }
}
