namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Rows of features as they are read: blocks of whole rows, so that nothing is copied while they grow.</summary>
internal sealed class FeatureRows(int width)
{
    private const int BlockRows = 1024;

    private readonly List<float[]> blocks = [];

    /// <summary>Gets the number of features of a row.</summary>
    public int Width => width;

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row of zeros and gives it to be filled.</summary>
    public Span<float> Add()
    {
        if (Count % BlockRows == 0)
        {
            blocks.Add(new float[checked(BlockRows * width)]);
        }

        return Row(Count++);
    }

    /// <summary>Takes the row back that was added last.</summary>
    public void RemoveLast()
    {
        Row(--Count).Clear();
        if (Count % BlockRows == 0)
        {
            blocks.RemoveAt(blocks.Count - 1);
        }
    }

    /// <summary>Gets a row.</summary>
    public Span<float> Row(int row) => blocks[row / BlockRows].AsSpan(row % BlockRows * width, width);

    /// <summary>Copies some neighbouring features, each into an array of its own.</summary>
    public void CopyColumns(int first, float[][] columns)
    {
        for (int row = 0; row < Count; row++)
        {
            ReadOnlySpan<float> values = Row(row).Slice(first, columns.Length);
            for (int column = 0; column < columns.Length; column++)
            {
                columns[column][row] = values[column];
            }
        }
    }
}
