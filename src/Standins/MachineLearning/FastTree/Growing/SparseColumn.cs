namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>The rows of a feature outside its commonest bin, for features most of whose rows share one.</summary>
internal sealed class SparseColumn
{
    // Below this share of the rows a list of them costs less than the column.
    private const double LargestShare = 0.3;

    private SparseColumn(int commonBin, int[] rows, byte[] bins)
    {
        CommonBin = commonBin;
        Rows = rows;
        Bins = bins;
    }

    /// <summary>Gets the bin of all other rows.</summary>
    public int CommonBin { get; }

    /// <summary>Gets the rows, ascending.</summary>
    public int[] Rows { get; }

    /// <summary>Gets the bin of each of the rows.</summary>
    public byte[] Bins { get; }

    /// <summary>Lists the rare rows of a column, or gives null where they are not rare.</summary>
    public static SparseColumn? Of(byte[] column)
    {
        int[] counts = new int[BinnedFeatures.MaximumBins];
        foreach (byte bin in column)
        {
            counts[bin]++;
        }

        int common = counts.AsSpan().IndexOf(counts.Max());
        int rare = column.Length - counts[common];
        if (rare > LargestShare * column.Length)
        {
            return null;
        }

        int[] rows = new int[rare];
        byte[] bins = new byte[rare];
        int next = 0;
        for (int row = 0; row < column.Length; row++)
        {
            if (column[row] != common)
            {
                rows[next] = row;
                bins[next++] = column[row];
            }
        }

        return new SparseColumn(common, rows, bins);
    }
}
