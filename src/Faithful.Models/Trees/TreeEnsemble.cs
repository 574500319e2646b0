using System.Collections.Immutable;

namespace Faithful.Models.Trees;

/// <summary>Trees whose weighted values add up to one score. Immutable.</summary>
public sealed class TreeEnsemble
{
    /// <summary>Makes an ensemble.</summary>
    /// <param name="trees">The trees, at least one.</param>
    /// <param name="weights">The weight of each tree; null for 1 each.</param>
    /// <param name="bias">What is added to the sum.</param>
    /// <exception cref="ArgumentException">There is no tree, or a weight is missing or not finite.</exception>
    public TreeEnsemble(IEnumerable<DecisionTree> trees, IEnumerable<double>? weights = null, double bias = 0)
    {
        ArgumentNullException.ThrowIfNull(trees);
        Trees = [.. trees];
        Weights = weights is null ? [.. Trees.Select(_ => 1.0)] : [.. weights];
        Bias = bias;
        if (Trees.IsEmpty || Weights.Length != Trees.Length)
        {
            throw new ArgumentException($"An ensemble has a tree or more and a weight for each; found {Trees.Length} trees and {Weights.Length} weights.");
        }

        if (!double.IsFinite(bias) || Weights.Any(weight => !double.IsFinite(weight)))
        {
            throw new ArgumentException("The bias and the weights of trees must be finite.");
        }

        Columns = Trees.Max(tree => tree.Columns);
    }

    /// <summary>Gets the trees.</summary>
    public ImmutableArray<DecisionTree> Trees { get; }

    /// <summary>Gets the weight of each tree; shape (trees).</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>Gets what is added to the sum.</summary>
    public double Bias { get; }

    /// <summary>Gets the number of columns that a row must have at least.</summary>
    public int Columns { get; }

    /// <summary>Adds up the trees in double precision, and rounds the sum once, as FastTree does.</summary>
    /// <param name="row">The values of the columns.</param>
    /// <returns>The score.</returns>
    public float Score(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int tree = 0; tree < Trees.Length; tree++)
        {
            sum += Weights[tree] * Trees[tree].Evaluate(row);
        }

        return (float)(sum + Bias);
    }
}
