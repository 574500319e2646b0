namespace Microsoft.ML.Data;

/// <summary>The arrays of a buffer that is being written; <see cref="Commit"/> makes the buffer.</summary>
public readonly ref struct VBufferEditor<T>
{
    public readonly Span<T> Values;

    /// <summary>Empty for a dense vector, unless indices were required.</summary>
    public readonly Span<int> Indices;

    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool needsIndices, bool hasNewValues, bool hasNewIndices)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = count < length || needsIndices ? indices.AsSpan(0, count) : default;
        CreatedNewValues = hasNewValues;
        CreatedNewIndices = hasNewIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        Contracts.CheckParam(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            $"The editor was opened for {Values.Length} values and cannot commit {physicalValuesCount}.");
        return new VBuffer<T>(_length, physicalValuesCount, _values, _indices);
    }
}
