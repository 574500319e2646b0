using System.IO.Compression;

namespace Faithful.Crystals.Formats.Archives;

/// <summary>The files of a zip archive, in ordinal order of their names.</summary>
internal sealed class ZipEntries : IDisposable
{
    private readonly ZipArchive archive;

    private ZipEntries(ZipArchive archive)
    {
        this.archive = archive;
        Entries = [.. archive.Entries
            .Where(entry => !entry.FullName.EndsWith('/') && !entry.FullName.EndsWith('\\'))
            .Select(entry => (EntryName.Of(entry.FullName), entry))
            .OrderBy(pair => pair.Item1, StringComparer.Ordinal)];
    }

    /// <summary>Gets the files with their names.</summary>
    public IReadOnlyList<(string Name, ZipArchiveEntry Entry)> Entries { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="raw">The file or pipe that it is read from; disposed of with the archive.</param>
    /// <param name="content">The same from its beginning, whatever has been read of it already.</param>
    /// <returns>The archive.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static ZipEntries Open(Stream raw, Stream content)
    {
        // The list of entries stands at the end of a zip file, so that a pipe has to be stored first.
        var seekable = raw.CanSeek ? raw : Store(content);
        try
        {
            seekable.Position = 0;
            var entries = new ZipEntries(new(seekable, ZipArchiveMode.Read));
            return entries.archive.Entries.Sum(entry => (decimal)entry.CompressedLength) <= seekable.Length
                ? entries
                : throw new InvalidDataException("entries that overlap");
        }
        catch
        {
            seekable.Dispose();
            throw;
        }
    }

    /// <summary>Opens the content of an entry, checked against the length and the checksum that the archive states.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="limit">Counts what is read and unpacked.</param>
    /// <returns>The content.</returns>
    /// <exception cref="InvalidDataException">The entry is encrypted, damaged or packed in a way that is not known.</exception>
    public static Stream Open(ZipArchiveEntry entry, UnpackingLimit limit)
    {
        if (entry.IsEncrypted)
        {
            throw new InvalidDataException("an encrypted entry");
        }

        var (length, packedLength) = (entry.Length, entry.CompressedLength);
        var (unpacked, packed) = (0L, 0L);
        return new CountedStream(new CheckedEntryStream(entry.Open(), length, entry.Crc32), Count);

        // How many packed bytes have been read is not told, but follows from the unpacked ones.
        void Count(long count)
        {
            unpacked += count;
            var reached = unpacked < length ? (long)((double)packedLength * unpacked / length) : packedLength;
            limit.Read(reached - packed);
            packed = reached;
            limit.Unpack(count);
        }
    }

    /// <summary>Says whether an exception can come from a damaged archive.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Whether it is a fault of the file.</returns>
    public static bool IsFault(Exception exception) =>
        FileFault.Is(exception) || exception is ArgumentException or NotSupportedException or OverflowException or FormatException;

    public void Dispose() => archive.Dispose();

    private static FileStream Store(Stream content)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.SequentialScan);
        try
        {
            content.CopyTo(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
