namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>Cuts a stream into chunks of whole lines: 64 KiB, then twice as much each time up to about 1 MiB.</summary>
/// <param name="stream">The stream.</param>
/// <param name="source">The name of the text for error messages.</param>
/// <param name="maximumLineLength">The longest line, in bytes.</param>
internal sealed class LineChunkReader(Stream stream, string source, int maximumLineLength)
{
    private const int FirstChunkLength = 1 << 16; // many files are small
    private const int ChunkLength = 1 << 20;

    private byte[] carried = [];
    private int chunkLength = FirstChunkLength;
    private int nextLine = 1;
    private bool isAtEnd;

    /// <summary>Reads the next chunk.</summary>
    /// <param name="error">Why the reading ends before the end of the stream, or null.</param>
    /// <returns>The lines; none at the end.</returns>
    public LineChunk ReadChunk(out CrystalFormatException? error)
    {
        error = null;
        var bytes = isAtEnd ? [] : GC.AllocateUninitializedArray<byte>(Math.Max(chunkLength, 2 * carried.Length));
        chunkLength = Math.Min(2 * chunkLength, ChunkLength);
        carried.CopyTo(bytes, 0);
        var length = carried.Length;
        while (!isAtEnd)
        {
            error = Fill(bytes, ref length);
            if (isAtEnd || bytes.AsSpan(0, length).Contains((byte)'\n'))
            {
                break;
            }

            if (length >= maximumLineLength)
            {
                isAtEnd = true;
                length = 0;
                error = new(source, nextLine, FormattableString.Invariant($"a line of at most {maximumLineLength} bytes"), "more");
                break;
            }

            Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, Array.MaxLength));
        }

        return Cut(bytes, error is null ? length : LastLineEnd(bytes, length));
    }

    // A stream that breaks off (a damaged gzip file) ends here; the lines before the break are still good.
    private CrystalFormatException? Fill(byte[] bytes, ref int length)
    {
        try
        {
            while (length < bytes.Length)
            {
                var read = stream.Read(bytes, length, bytes.Length - length);
                if (read == 0)
                {
                    isAtEnd = true;
                    return null;
                }

                length += read;
            }

            return null;
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            isAtEnd = true;
            return FileFault.Describe(source, exception, nextLine + bytes.AsSpan(0, length).Count((byte)'\n'));
        }
    }

    // Blank lines are passed over here, so that a file of nothing else costs no more memory than others.
    private LineChunk Cut(byte[] bytes, int length)
    {
        List<LineChunk.Place> lines = [];
        var start = 0;
        while (start < length)
        {
            var end = bytes.AsSpan(start, length - start).IndexOf((byte)'\n');
            if (end < 0 && !isAtEnd)
            {
                break;
            }

            var next = end < 0 ? length : start + end + 1; // the last line need not end with a line feed
            if (next - start > 1)
            {
                lines.Add(new(start, next - start, nextLine));
            }

            start = next;
            nextLine++;
        }

        carried = isAtEnd ? [] : bytes[start..length];
        return new(bytes, lines, isAtEnd);
    }

    private static int LastLineEnd(byte[] bytes, int length) => bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
}
