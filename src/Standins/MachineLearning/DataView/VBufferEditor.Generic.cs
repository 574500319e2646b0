namespace Microsoft.ML.Data;

/// <summary>The arrays of a buffer that is being written; <see cref="Commit"/> makes the buffer.</summary>
public readonly ref struct VBufferEditor<T>
{
    public readonly Span<T> Values;

    /// <summary>Empty for a dense vector, unless indices were required.</summary>
    public readonly Span<int> Indices;

    private readonly int logicalLength;
    private readonly T[] valueArray;
    private readonly int[] indexArray;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool needsIndices, bool hasNewValues, bool hasNewIndices)
    {
        logicalLength = length;
        valueArray = values;
        indexArray = indices;
        Values = values.AsSpan(0, count);
        Indices = count < length || needsIndices ? indices.AsSpan(0, count) : default;
        CreatedNewValues = hasNewValues;
        CreatedNewIndices = hasNewIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(logicalLength, Values.Length, valueArray, indexArray);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        Contracts.CheckParam(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            $"The editor was opened for {Values.Length} values and cannot commit {physicalValuesCount}.");
        return new VBuffer<T>(logicalLength, physicalValuesCount, valueArray, indexArray);
    }
}
