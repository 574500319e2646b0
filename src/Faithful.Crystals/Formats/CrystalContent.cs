using System.IO.Compression;

namespace Faithful.Crystals.Formats;

/// <summary>An opened file, unzipped if it is gzipped, with its format told by its first bytes.</summary>
/// <param name="Stream">The text, from its beginning.</param>
/// <param name="IsJson">Whether the text begins like a JSON object; otherwise it can only be a POSCAR.</param>
internal sealed record CrystalContent(Stream Stream, bool IsJson)
{
    private const int HeadLength = 4096;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its text and format.</returns>
    /// <exception cref="CrystalFormatException">The file is empty.</exception>
    public static CrystalContent Open(string path)
    {
        Stream stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        try
        {
            var head = ReadHead(stream);
            stream = new HeadedStream(head, stream);
            if (head is [0x1f, 0x8b, ..])
            {
                stream = new GZipStream(stream, CompressionMode.Decompress);
                head = ReadHead(stream);
                stream = new HeadedStream(head, stream);
            }

            if (head.Length == 0)
            {
                throw new CrystalFormatException(path, 0, "a POSCAR or a materials JSONL", "an empty file");
            }

            return new(stream, FirstLetter(head) == (byte)'{');
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static byte[] ReadHead(Stream stream)
    {
        var head = new byte[HeadLength];
        var length = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        return head[..length];
    }

    private static byte FirstLetter(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8))
        {
            head = head[3..];
        }

        var text = head.TrimStart(" \t\r\n"u8);
        return text.Length > 0 ? text[0] : (byte)0;
    }
}
