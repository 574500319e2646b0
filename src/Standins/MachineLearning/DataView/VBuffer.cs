using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector, dense or sparse. What a sparse one does not hold is the default value of its type.</summary>
/// <remarks>It shares its arrays with those who made it; a getter that is handed a buffer may overwrite them.</remarks>
public readonly struct VBuffer<T> : IEnumerable
{
    public readonly int Length;

    private readonly int held;
    private readonly T[] heldValues;
    private readonly int[] heldIndices;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Contracts.CheckParam(length >= 0, nameof(length), $"A vector's length is not negative, but {length} was given.");
        Contracts.CheckParam((values?.Length ?? 0) >= length, nameof(values),
            $"A dense vector of {length} needs that many values, but there are {values?.Length ?? 0}.");
        Length = length;
        held = length;
        heldValues = values;
        heldIndices = indices;
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
        held = count;
        heldValues = values;
        heldIndices = indices;
    }

    public bool IsDense => held == Length;

    public ReadOnlySpan<T> GetValues() => heldValues.AsSpan(0, held);

    /// <summary>Of the values held; empty for a dense vector.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : heldIndices.AsSpan(0, held);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, held);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>Copies the slots from <paramref name="sourceIndex"/> on; a sparse vector stays sparse.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.CheckParam(sourceIndex >= 0 && sourceIndex <= Length, nameof(sourceIndex),
            $"A slot of 0 to {Length} was expected, not {sourceIndex}.");
        Contracts.CheckParam(length >= 0 && length <= Length - sourceIndex, nameof(length),
            $"A length of 0 to {Length - sourceIndex} was expected, not {length}.");
        var first = IsDense ? sourceIndex : FirstFrom(sourceIndex);
        var count = IsDense ? length : FirstFrom(sourceIndex + length) - first;
        var editor = VBufferEditor.Create(ref destination, length, count);
        heldValues.AsSpan(first, count).CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
        {
            editor.Indices[i] = heldIndices[first + i] - sourceIndex;
        }

        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Contracts.CheckParam(destinationIndex >= 0 && destinationIndex <= destination.Length - Length, nameof(destination),
            $"{Length} slots from {destinationIndex} on do not fit into {destination.Length}.");
        var slots = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(slots);
            return;
        }

        slots.Fill(held == 0 ? default : defaultValue); // the published method ignores the default value of a vector that holds nothing
        for (var i = 0; i < held; i++)
        {
            slots[heldIndices[i]] = heldValues[i];
        }
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
            : HeldItems(heldValues, heldIndices, held);

    public IEnumerable<T> DenseValues() => IsDense ? AllValues(heldValues, Length) : AllValues(heldValues, heldIndices, Length, held);

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam(index >= 0 && index < Length, nameof(index), $"A slot of 0 to {Length - 1} was expected, not {index}.");
        if (IsDense)
        {
            return heldValues[index];
        }

        var found = Array.BinarySearch(heldIndices ?? [], 0, held, index);
        return found < 0 ? default : heldValues[found];
    }

    public IEnumerator GetEnumerator() => heldValues.GetEnumerator();

    public override string ToString() =>
        IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {held} explicit values";

    /// <summary>Arrays of at least the capacity asked for: this buffer's, or new ones.</summary>
    internal VBufferEditor<T> Edit(int length, int count, int largest, bool keepsOld, bool needsIndices)
    {
        var values = Enlarge(heldValues, count, largest, keepsOld);
        var indices = count < length || needsIndices ? Enlarge(heldIndices, count, largest, keepsOld) : heldIndices;
        return new VBufferEditor<T>(length, count, values, indices, needsIndices,
            !ReferenceEquals(values, heldValues), !ReferenceEquals(indices, heldIndices));
    }

    internal VBufferEditor<T> Edit() => Edit(Length, held, Array.MaxLength, false, false);

    private static TItem[] Enlarge<TItem>(TItem[] array, int count, int largest, bool keepsOld)
    {
        if (count <= (array?.Length ?? 0))
        {
            return array;
        }

        var capacity = (int)Math.Min(Math.Max(largest, count), Math.Max(count, 2L * (array?.Length ?? 0)));
        if (!keepsOld)
        {
            return new TItem[capacity];
        }

        Array.Resize(ref array, capacity);
        return array;
    }

    private int FirstFrom(int slot)
    {
        var found = Array.BinarySearch(heldIndices ?? [], 0, held, slot);
        return found < 0 ? ~found : found;
    }

    private static IEnumerable<KeyValuePair<int, T>> HeldItems(T[] values, int[] indices, int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return KeyValuePair.Create(indices[i], values[i]);
        }
    }

    private static IEnumerable<T> AllValues(T[] values, int length)
    {
        for (var slot = 0; slot < length; slot++)
        {
            yield return values[slot];
        }
    }

    private static IEnumerable<T> AllValues(T[] values, int[] indices, int length, int count)
    {
        for (int slot = 0, next = 0; slot < length; slot++)
        {
            yield return next < count && indices[next] == slot ? values[next++] : default;
        }
    }
}
