using System.Collections.Immutable;

namespace Faithful.Models.Trees;

/// <summary>
/// One regression tree as plain arrays, in the layout of ML.NET's <c>RegressionTree</c>: a child that is not negative is a split,
/// a negative one the complement of a leaf. Immutable.
/// </summary>
/// <remarks>
/// A value that is at most the threshold goes to the left, all others to the right. NaN compares with nothing, so it goes to the
/// right, as in FastTree.
/// </remarks>
public sealed class DecisionTree
{
    /// <summary>Makes a tree and checks that it is one.</summary>
    /// <param name="leftChildren">Where values go that are at most the threshold; shape (splits).</param>
    /// <param name="rightChildren">Where all others go; shape (splits).</param>
    /// <param name="splitColumns">The column that each split looks at, from 0; shape (splits).</param>
    /// <param name="thresholds">The thresholds, compared as float32; shape (splits).</param>
    /// <param name="leafValues">The value of each leaf, finite; shape (splits + 1).</param>
    /// <exception cref="ArgumentException">The arrays are no tree with its root first, or hold numbers that no tree has.</exception>
    public DecisionTree(
        IReadOnlyList<int> leftChildren,
        IReadOnlyList<int> rightChildren,
        IReadOnlyList<int> splitColumns,
        IReadOnlyList<float> thresholds,
        IReadOnlyList<double> leafValues)
    {
        ArgumentNullException.ThrowIfNull(leftChildren);
        ArgumentNullException.ThrowIfNull(rightChildren);
        ArgumentNullException.ThrowIfNull(splitColumns);
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(leafValues);
        LeftChildren = [.. leftChildren];
        RightChildren = [.. rightChildren];
        SplitColumns = [.. splitColumns];
        Thresholds = [.. thresholds];
        LeafValues = [.. leafValues];
        CheckLengths();
        CheckNumbers();
        CheckShape();
        Columns = Splits == 0 ? 0 : SplitColumns.Max() + 1;
    }

    /// <summary>Gets where values go that are at most the threshold; shape (splits).</summary>
    public ImmutableArray<int> LeftChildren { get; }

    /// <summary>Gets where all other values go; shape (splits).</summary>
    public ImmutableArray<int> RightChildren { get; }

    /// <summary>Gets the column that each split looks at, from 0; shape (splits).</summary>
    public ImmutableArray<int> SplitColumns { get; }

    /// <summary>Gets the thresholds; shape (splits).</summary>
    public ImmutableArray<float> Thresholds { get; }

    /// <summary>Gets the value of each leaf; shape (splits + 1).</summary>
    public ImmutableArray<double> LeafValues { get; }

    /// <summary>Gets the number of splits; 0 for a tree that is one leaf.</summary>
    public int Splits => LeftChildren.Length;

    /// <summary>Gets the number of columns that a row must have at least.</summary>
    public int Columns { get; }

    /// <summary>Evaluates the tree.</summary>
    /// <param name="row">The values of the columns.</param>
    /// <returns>The value of the leaf that the row falls into.</returns>
    public double Evaluate(ReadOnlySpan<float> row)
    {
        int node = Splits == 0 ? ~0 : 0;
        while (node >= 0)
        {
            node = row[SplitColumns[node]] <= Thresholds[node] ? LeftChildren[node] : RightChildren[node];
        }

        return LeafValues[~node];
    }

    private void CheckLengths()
    {
        int splits = LeftChildren.Length;
        if (RightChildren.Length != splits || SplitColumns.Length != splits || Thresholds.Length != splits || LeafValues.Length != splits + 1)
        {
            throw new ArgumentException(
                $"A tree of {splits} splits has as many right children, columns and thresholds, and {splits + 1} leaves; found " +
                $"{RightChildren.Length}, {SplitColumns.Length}, {Thresholds.Length} and {LeafValues.Length}.");
        }
    }

    private void CheckNumbers()
    {
        for (int split = 0; split < Splits; split++)
        {
            if (SplitColumns[split] < 0 || float.IsNaN(Thresholds[split]))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Split {split} must have a column from 0 and a threshold; found {SplitColumns[split]} and {Thresholds[split]}."));
            }
        }

        for (int leaf = 0; leaf < LeafValues.Length; leaf++)
        {
            if (!double.IsFinite(LeafValues[leaf]))
            {
                throw new ArgumentException(FormattableString.Invariant($"Leaf {leaf} must have a finite value, found {LeafValues[leaf]}."));
            }
        }
    }

    /// <summary>Every split but the root, and every leaf, is the child of one split: then there is no cycle that the root leads to.</summary>
    private void CheckShape()
    {
        var splits = new bool[Splits];
        var leaves = new bool[LeafValues.Length];
        var open = new Stack<int>([Splits == 0 ? ~0 : 0]);
        while (open.TryPop(out int node))
        {
            bool[] known = node < 0 ? leaves : splits;
            int index = node < 0 ? ~node : node;
            if (index >= known.Length || known[index])
            {
                throw new ArgumentException(
                    $"Every split and every leaf must be the child of one split; {(node < 0 ? "leaf" : "split")} {index} of {known.Length} is not.");
            }

            known[index] = true;
            if (node >= 0)
            {
                open.Push(LeftChildren[node]);
                open.Push(RightChildren[node]);
            }
        }

        // With as many leaves as splits and one more, splits that nothing leads to would leave leaves that nothing leads to.
        if (Array.IndexOf(leaves, false) is >= 0 and int lost)
        {
            throw new ArgumentException($"Every leaf must be the child of a split; leaf {lost} is not.");
        }
    }
}
