namespace Faithful.Crystals.Formats.Archives;

/// <summary>An opened file, unpacked if it is gzipped, and what its first bytes say that it is.</summary>
/// <param name="Stream">The content, from its beginning; read forward.</param>
/// <param name="Head">Its first bytes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsPacked">Whether it was gzipped.</param>
internal sealed record SourceContent(Stream Stream, byte[] Head, ContentKind Kind, bool IsPacked)
{
    /// <summary>What any source should hold.</summary>
    public const string Expected = "crystals (POSCAR, CIF, extended XYZ, materials JSONL or OPTIMADE JSON; plain, or in gzip, zip or tar)";

    private const int HeadLength = 1 << 14;

    /// <summary>Opens a file that is no archive.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="CrystalFormatException">The file is missing, unreadable, empty or an archive.</exception>
    public static SourceContent OpenText(string path)
    {
        try
        {
            var limit = new UnpackingLimit(new(), null);
            var content = Open(new CountedStream(OpenFile(path), limit.Read), path, limit);
            if (content.Kind != ContentKind.Text)
            {
                content.Stream.Dispose();
                throw new CrystalFormatException(path, 0, "a file of crystals", "an archive of files");
            }

            return content;
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            throw FileFault.Describe(path, exception);
        }
    }

    /// <summary>Opens a file for reading from its beginning to its end.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The stream.</returns>
    public static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);

    /// <summary>Looks into a stream.</summary>
    /// <param name="stream">The stream at its beginning; disposed of with the content, or at once where there is none.</param>
    /// <param name="source">Its name for error messages.</param>
    /// <param name="limit">Counts what is unpacked.</param>
    /// <returns>The content.</returns>
    /// <exception cref="CrystalFormatException">The stream is empty, or packed as nothing that is read here.</exception>
    /// <exception cref="InvalidDataException">The stream is damaged.</exception>
    public static SourceContent Open(Stream stream, string source, UnpackingLimit limit)
    {
        try
        {
            var head = ReadHead(ref stream);
            var isPacked = head is [0x1f, 0x8b, ..];
            if (isPacked)
            {
                stream = new CountedStream(new GzipFileStream(stream), limit.Unpack);
                head = ReadHead(ref stream);
            }

            if (head.Length == 0)
            {
                throw new CrystalFormatException(source, 0, Expected, "an empty file");
            }

            if (ForeignKind(head, isPacked) is { } foreign)
            {
                throw new CrystalFormatException(source, 0, Expected, foreign);
            }

            var kind = IsZip(head) ? ContentKind.Zip : TarEntries.IsHeader(head) ? ContentKind.Tar : ContentKind.Text;
            return new(stream, head, kind, isPacked);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static byte[] ReadHead(ref Stream stream)
    {
        var head = new byte[HeadLength];
        var length = 0;
        Exception? fault = null;
        try
        {
            for (int read; length < HeadLength && (read = stream.Read(head, length, HeadLength - length)) > 0;)
            {
                length += read;
            }
        }
        catch (Exception exception) when (length > 0 && FileFault.Is(exception))
        {
            fault = exception; // a file that breaks off: what is before may still be good
        }

        head = head[..length];
        stream = new HeadedStream(head, stream, fault);
        return head;
    }

    private static bool IsZip(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    // The first bytes of what people pack files with; nothing of it can begin a text of crystals.
    private static string? ForeignKind(ReadOnlySpan<byte> head, bool isPacked) => head switch
    {
        [0x1f, 0x8b, ..] => "a gzip file inside a gzip file",
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] when isPacked => "a zip archive inside a gzip file",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, ..] => "a bzip2 file: unpack it first",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "an xz file: unpack it first",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "a Zstandard file: unpack it first",
        [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => "a 7z archive: unpack it first",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, ..] => "a RAR archive: unpack it first",
        _ => null,
    };
}
