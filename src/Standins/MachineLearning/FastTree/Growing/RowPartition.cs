namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Which rows lie in which leaf of the tree that grows; the rows of a leaf are neighbours and ascend.</summary>
internal sealed class RowPartition
{
    private readonly int[] _all;
    private readonly int[] _rows;
    private readonly int[] _moved;
    private readonly int[] _first;
    private readonly int[] _count;

    /// <summary>Makes a partition of some rows, all of them in leaf 0.</summary>
    public RowPartition(int[] rows, int maximumLeaves)
    {
        _all = rows;
        _rows = [.. rows];
        _moved = new int[rows.Length];
        _first = new int[maximumLeaves];
        _count = new int[maximumLeaves];
        _count[0] = rows.Length;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count => _all.Length;

    /// <summary>Puts all rows back into leaf 0.</summary>
    public void Reset()
    {
        _all.CopyTo(_rows, 0);
        Array.Clear(_first);
        Array.Clear(_count);
        _count[0] = _all.Length;
    }

    /// <summary>Gets the rows of a leaf.</summary>
    public ReadOnlySpan<int> Leaf(int leaf) => _rows.AsSpan(_first[leaf], _count[leaf]);

    /// <summary>Moves the rows of a leaf whose bin lies above the threshold into a new leaf.</summary>
    public void Split(int leaf, byte[] bins, int threshold, int aboveLeaf)
    {
        Span<int> rows = _rows.AsSpan(_first[leaf], _count[leaf]);
        int below = 0;
        int above = 0;
        foreach (int row in rows)
        {
            // Both places are written and one counter moves: no branch to mispredict.
            rows[below] = row;
            _moved[above] = row;
            int isAbove = bins[row] > threshold ? 1 : 0;
            above += isAbove;
            below += 1 - isAbove;
        }

        _moved.AsSpan(0, above).CopyTo(rows[below..]);
        _first[aboveLeaf] = _first[leaf] + below;
        _count[aboveLeaf] = above;
        _count[leaf] = below;
    }
}
