using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector, dense or sparse. What a sparse one does not hold is the default value of its type.</summary>
/// <remarks>It shares its arrays with those who made it; a getter that is handed a buffer may overwrite them.</remarks>
public readonly struct VBuffer<T> : IEnumerable
{
    public readonly int Length;

    private readonly int _count;
    private readonly T[] _values;
    private readonly int[] _indices;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Contracts.CheckParam(length >= 0, nameof(length), $"A vector's length is not negative, but {length} was given.");
        Contracts.CheckParam((values?.Length ?? 0) >= length, nameof(values),
            $"A dense vector of {length} needs that many values, but there are {values?.Length ?? 0}.");
        Length = length;
        _count = length;
        _values = values;
        _indices = indices;
    }

    /// <summary><paramref name="count"/> values with ascending indices; as many as <paramref name="length"/> make it dense.</summary>
    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Contracts.CheckParam(length >= 0, nameof(length), $"A vector's length is not negative, but {length} was given.");
        Contracts.CheckParam(count >= 0 && count <= length, nameof(count), $"A vector of {length} holds 0 to {length} values, not {count}.");
        Contracts.CheckParam((values?.Length ?? 0) >= count, nameof(values),
            $"A vector that holds {count} values needs an array of them, but its length is {values?.Length ?? 0}.");
        Contracts.CheckParam(count == length || (indices?.Length ?? 0) >= count, nameof(indices),
            $"A sparse vector that holds {count} values needs their indices, but there are {indices?.Length ?? 0}.");
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>Of the values held; empty for a dense vector.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>Copies the slots from <paramref name="sourceIndex"/> on; a sparse vector stays sparse.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.CheckParam(sourceIndex >= 0 && sourceIndex <= Length, nameof(sourceIndex), $"A slot of 0 to {Length} was expected, not {sourceIndex}.");
        Contracts.CheckParam(length >= 0 && length <= Length - sourceIndex, nameof(length),
            $"A length of 0 to {Length - sourceIndex} was expected, not {length}.");
        var first = IsDense ? sourceIndex : FirstFrom(sourceIndex);
        var count = IsDense ? length : FirstFrom(sourceIndex + length) - first;
        var editor = VBufferEditor.Create(ref destination, length, count);
        _values.AsSpan(first, count).CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
            editor.Indices[i] = _indices[first + i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Contracts.CheckParam(destinationIndex >= 0 && destinationIndex <= destination.Length - Length, nameof(destination),
            $"Not large enough to hold these values: {Length} slots from {destinationIndex} on do not fit into {destination.Length}.");
        var slots = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(slots);
            return;
        }
        slots.Fill(_count == 0 ? default : defaultValue); // the published method ignores the default value of a vector that holds nothing
        for (var i = 0; i < _count; i++)
            slots[_indices[i]] = _values[i];
    }

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var available = source?.Length ?? 0;
        Contracts.CheckParam(length >= 0 && length <= available, nameof(length), $"A length of 0 to {available} was expected, not {length}.");
        Contracts.CheckParam(sourceIndex >= 0 && sourceIndex <= available - length, nameof(sourceIndex),
            $"A start of 0 to {available - length} was expected, not {sourceIndex}.");
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Slots and values: those held, or with <paramref name="all"/> every slot.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false) =>
        all || IsDense
            ? DenseValues().Select((value, slot) => KeyValuePair.Create(slot, value))
            : HeldItems(_values, _indices, _count);

    public IEnumerable<T> DenseValues() => AllValues(_values, IsDense ? null : _indices, Length, _count);

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam(index >= 0 && index < Length, nameof(index), $"A slot of 0 to {Length - 1} was expected, not {index}.");
        if (IsDense)
            return _values[index];
        var found = Array.BinarySearch(_indices ?? [], 0, _count, index);
        return found < 0 ? default : _values[found];
    }

    public IEnumerator GetEnumerator() => _values.GetEnumerator();

    public override string ToString() =>
        IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    /// <summary>Arrays of at least the capacity asked for: this buffer's, or new ones.</summary>
    internal VBufferEditor<T> Edit(int length, int count, int largest, bool keepsOld, bool needsIndices)
    {
        var values = Enlarge(_values, count, largest, keepsOld);
        var indices = count < length || needsIndices ? Enlarge(_indices, count, largest, keepsOld) : _indices;
        return new VBufferEditor<T>(length, count, values, indices, needsIndices,
            !ReferenceEquals(values, _values), !ReferenceEquals(indices, _indices));
    }

    internal VBufferEditor<T> Edit() => Edit(Length, _count, Array.MaxLength, false, false);

    private static TItem[] Enlarge<TItem>(TItem[] array, int count, int largest, bool keepsOld)
    {
        if (count <= (array?.Length ?? 0))
            return array;
        var capacity = (int)Math.Min(Math.Max(largest, count), Math.Max(count, 2L * (array?.Length ?? 0)));
        if (!keepsOld)
            return new TItem[capacity];
        Array.Resize(ref array, capacity);
        return array;
    }

    private int FirstFrom(int slot)
    {
        var found = Array.BinarySearch(_indices ?? [], 0, _count, slot);
        return found < 0 ? ~found : found;
    }

    private static IEnumerable<KeyValuePair<int, T>> HeldItems(T[] values, int[] indices, int count)
    {
        for (var i = 0; i < count; i++)
            yield return KeyValuePair.Create(indices[i], values[i]);
    }

    private static IEnumerable<T> AllValues(T[] values, int[] indices, int length, int count)
    {
        for (int slot = 0, next = 0; slot < length; slot++)
        {
            if (indices is null)
                yield return values[slot];
            else
                yield return next < count && indices[next] == slot ? values[next++] : default;
        }
    }
}
