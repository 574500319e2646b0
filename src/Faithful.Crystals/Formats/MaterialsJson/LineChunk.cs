namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>Some whole lines of a file, without the empty ones.</summary>
/// <param name="bytes">Their bytes.</param>
/// <param name="lines">Where each line is.</param>
/// <param name="isLast">Whether the file ends with them.</param>
internal sealed class LineChunk(byte[] bytes, List<LineChunk.Place> lines, bool isLast)
{
    public int Count => lines.Count;

    public bool IsLast => isLast;

    /// <summary>Gets a line, with its end.</summary>
    /// <param name="index">The zero-based index within the chunk.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> Line(int index) => bytes.AsSpan(lines[index].Start, lines[index].Length);

    /// <summary>Gets the one-based number of a line in the file.</summary>
    /// <param name="index">The zero-based index within the chunk.</param>
    /// <returns>The number.</returns>
    public int Number(int index) => lines[index].Number;

    /// <summary>Where a line is.</summary>
    /// <param name="Start">The index of its first byte.</param>
    /// <param name="Length">The number of its bytes.</param>
    /// <param name="Number">Its one-based number in the file.</param>
    internal readonly record struct Place(int Start, int Length, int Number);
}
