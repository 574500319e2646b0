namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// The features of the training rows, each value replaced by the number of its bin (a byte), feature after feature. Features
/// that cannot be split are left out.
/// </summary>
internal sealed class BinnedFeatures
{
    /// <summary>As many bins as a byte can tell apart.</summary>
    public const int MaximumBins = 256;

    // A cache line holds 16 floats: as many columns are copied at once.
    private const int ColumnsAtOnce = 16;

    private BinnedFeatures(int rows, int[] features, float[][] cuts, byte[][] columns)
    {
        Rows = rows;
        Features = features;
        Cuts = cuts;
        Columns = columns;
        FirstBin = new int[features.Length + 1];
        for (int feature = 0; feature < features.Length; feature++)
        {
            FirstBin[feature + 1] = FirstBin[feature] + cuts[feature].Length + 1;
        }
    }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of features that can be split.</summary>
    public int Count => Features.Length;

    /// <summary>Gets the index of each feature among those of the input.</summary>
    public int[] Features { get; }

    /// <summary>Gets the cuts between the bins of each feature.</summary>
    public float[][] Cuts { get; }

    /// <summary>Gets the bins of each feature, row after row.</summary>
    public byte[][] Columns { get; }

    /// <summary>Gets the place of each feature's first bin when the bins of all features are counted through.</summary>
    public int[] FirstBin { get; }

    /// <summary>Bins rows of features.</summary>
    /// <param name="rows">Finite features.</param>
    /// <param name="maximumBins">How many bins a feature may have.</param>
    /// <param name="minimumExamples">How many rows must lie on each side of a split.</param>
    /// <param name="threads">How many threads may work.</param>
    public static BinnedFeatures Create(FeatureRows rows, int maximumBins, int minimumExamples, int threads)
    {
        float[][] cuts = new float[rows.Width][];
        byte[][] columns = new byte[rows.Width][];
        Parallel.For(0, (rows.Width + ColumnsAtOnce - 1) / ColumnsAtOnce, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
        {
            int first = block * ColumnsAtOnce;
            float[][] values = new float[Math.Min(ColumnsAtOnce, rows.Width - first)][];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = new float[rows.Count];
            }

            rows.CopyColumns(first, values);
            float[] sorted = new float[rows.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i].CopyTo(sorted, 0);
                cuts[first + i] = BinBounds.Find(sorted, maximumBins, minimumExamples);
                columns[first + i] = Bin(values[i], cuts[first + i]);
            }
        });

        int[] splittable = [.. Enumerable.Range(0, rows.Width).Where(feature => cuts[feature].Length > 0)];
        return new BinnedFeatures(
            rows.Count, splittable, Array.ConvertAll(splittable, feature => cuts[feature]), Array.ConvertAll(splittable, feature => columns[feature]));
    }

    private static byte[] Bin(float[] values, float[] cuts)
    {
        if (cuts.Length == 0)
        {
            return [];
        }

        byte[] bins = new byte[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            bins[row] = (byte)BinBounds.BinOf(cuts, values[row]);
        }

        return bins;
    }
}
