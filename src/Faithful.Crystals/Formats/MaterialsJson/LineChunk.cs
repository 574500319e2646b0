namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>Some whole lines of a file.</summary>
/// <param name="bytes">Their bytes.</param>
/// <param name="starts">Where each line begins, and after the last one where the next would.</param>
/// <param name="firstLine">The one-based number of the first of them.</param>
internal sealed class LineChunk(byte[] bytes, List<int> starts, int firstLine)
{
    public int Count => starts.Count - 1;

    public int FirstLine => firstLine;

    /// <summary>Gets a line, with its end.</summary>
    /// <param name="index">The zero-based index within the chunk.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> Line(int index) => bytes.AsSpan(starts[index], starts[index + 1] - starts[index]);
}
