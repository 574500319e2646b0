namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Which rows lie in which leaf of the tree that grows; the rows of a leaf are neighbours and ascend.</summary>
internal sealed class RowPartition
{
    private readonly int[] all;
    private readonly int[] rows;
    private readonly int[] moved;
    private readonly int[] first;
    private readonly int[] count;

    /// <summary>Makes a partition of some rows, all of them in leaf 0.</summary>
    public RowPartition(int[] rows, int maximumLeaves)
    {
        all = rows;
        this.rows = [.. rows];
        moved = new int[rows.Length];
        first = new int[maximumLeaves];
        count = new int[maximumLeaves];
        count[0] = rows.Length;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count => all.Length;

    /// <summary>Puts all rows back into leaf 0.</summary>
    public void Reset()
    {
        all.CopyTo(rows, 0);
        Array.Clear(first);
        Array.Clear(count);
        count[0] = all.Length;
    }

    /// <summary>Gets the rows of a leaf.</summary>
    public ReadOnlySpan<int> Leaf(int leaf) => rows.AsSpan(first[leaf], count[leaf]);

    /// <summary>Moves the rows of a leaf whose bin lies above the threshold into a new leaf.</summary>
    public void Split(int leaf, byte[] bins, int threshold, int aboveLeaf)
    {
        Span<int> rows = this.rows.AsSpan(first[leaf], count[leaf]);
        int below = 0;
        int above = 0;
        foreach (int row in rows)
        {
            // Both places are written and one counter moves: no branch to mispredict.
            rows[below] = row;
            moved[above] = row;
            int isAbove = bins[row] > threshold ? 1 : 0;
            above += isAbove;
            below += 1 - isAbove;
        }

        moved.AsSpan(0, above).CopyTo(rows[below..]);
        first[aboveLeaf] = first[leaf] + below;
        count[aboveLeaf] = above;
        count[leaf] = below;
    }
}
