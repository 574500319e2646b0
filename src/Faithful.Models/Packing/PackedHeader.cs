using System.Buffers.Binary;
using System.Text.Json;

namespace Faithful.Models.Packing;

/// <summary>
/// The first 4,096 bytes of a packed data set, little-endian: magic (8 bytes), format version (int32), checksum of the header with
/// this field zero (uint32), length of the file (int64), number of sections and length of the description (int32 each); then a row
/// a section: start and length (int64 each), checksum (uint32), zero (uint32); then the description in JSON; then zeros.
/// </summary>
internal sealed class PackedHeader
{
    /// <summary>The number of bytes.</summary>
    public const int Length = 4096;

    /// <summary>The format version that this program writes and reads.</summary>
    public const int Version = 1;

    /// <summary>Sections begin at multiples of this, a line of a processor's cache.</summary>
    public const int Alignment = 64;

    private const int ChecksumAt = 12;
    private const int TableAt = 32;
    private const int RowLength = 24;

    private static readonly int SectionCount = Enum.GetValues<PackedSection>().Length;

    // As in PNG: a byte that is no text, and line ends that a transfer as text would alter.
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'F', (byte)'P', (byte)'K', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Gets the length of the file, bytes.</summary>
    public required long FileLength { get; init; }

    /// <summary>Gets where each section begins and ends, and its checksum.</summary>
    public required (long Start, long Length, uint Checksum)[] Sections { get; init; }

    /// <summary>Gets the description.</summary>
    public required PackedDescription Description { get; init; }

    /// <summary>Gets the first multiple of <see cref="Alignment"/> that is not below a position.</summary>
    /// <param name="position">The position.</param>
    /// <returns>The aligned position.</returns>
    public static long Align(long position) => (position + Alignment - 1) / Alignment * Alignment;

    /// <summary>Reads a header and checks all that it can say of the file without reading further.</summary>
    /// <param name="bytes">The beginning of the file.</param>
    /// <param name="fileLength">The true length of the file.</param>
    /// <param name="path">The file, for errors.</param>
    /// <returns>The header: sections lie within the file, and are as long as the counts say.</returns>
    /// <exception cref="PackedDatasetException">This is no packed data set, or one of another version, or a damaged one.</exception>
    public static PackedHeader Read(ReadOnlySpan<byte> bytes, long fileLength, string path)
    {
        if (bytes.Length < Magic.Length || !bytes[..Magic.Length].SequenceEqual(Magic))
        {
            throw new PackedDatasetException(path, "a packed data set", "a file of another kind");
        }

        if (bytes.Length < Length)
        {
            throw new PackedDatasetException(path, $"a header of {Length} bytes", $"{bytes.Length}");
        }

        bytes = bytes[..Length];
        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version != Version)
        {
            throw new PackedDatasetException(path, $"format version {Version}", $"version {version}");
        }

        byte[] zeroed = bytes.ToArray();
        zeroed.AsSpan(ChecksumAt, sizeof(uint)).Clear();
        if (Crc32C.Append(0, zeroed) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]))
        {
            throw new PackedDatasetException(path, "a header with a right checksum", "a damaged one");
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        if (length != fileLength)
        {
            throw new PackedDatasetException(path, $"{length} bytes", $"{fileLength}");
        }

        int descriptionLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]);
        int descriptionAt = TableAt + RowLength * SectionCount;
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]) != SectionCount || descriptionLength is < 0 || descriptionLength > Length - descriptionAt)
        {
            throw Damaged(path);
        }

        var header = new PackedHeader
        {
            FileLength = length,
            Sections = [.. Enumerable.Range(0, SectionCount).Select(index => Row(zeroed.AsSpan(TableAt + RowLength * index, RowLength)))],
            Description = Describe(bytes.Slice(descriptionAt, descriptionLength), path),
        };
        return header.IsConsistent() ? header : throw Damaged(path);
    }

    /// <summary>Writes the header.</summary>
    /// <returns>All its bytes.</returns>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), FileLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), SectionCount);
        for (int index = 0; index < SectionCount; index++)
        {
            Span<byte> row = bytes.AsSpan(TableAt + RowLength * index, RowLength);
            BinaryPrimitives.WriteInt64LittleEndian(row, Sections[index].Start);
            BinaryPrimitives.WriteInt64LittleEndian(row[8..], Sections[index].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(row[16..], Sections[index].Checksum);
        }

        byte[] description = JsonSerializer.SerializeToUtf8Bytes(Description, PackedJson.Default.PackedDescription);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), description.Length);
        description.CopyTo(bytes.AsSpan(TableAt + RowLength * SectionCount));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), Crc32C.Append(0, bytes));
        return bytes;
    }

    private static (long Start, long Length, uint Checksum) Row(ReadOnlySpan<byte> row) => (
        BinaryPrimitives.ReadInt64LittleEndian(row),
        BinaryPrimitives.ReadInt64LittleEndian(row[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(row[16..]));

    private static PackedDescription Describe(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PackedJson.Default.PackedDescription) ?? throw Damaged(path);
        }
        catch (JsonException)
        {
            throw Damaged(path);
        }
    }

    private static PackedDatasetException Damaged(string path) => new(path, "a header that fits the file", "a damaged one");

    /// <summary>Whether sections follow each other within the file, aligned, with the lengths that the counts call for.</summary>
    private bool IsConsistent()
    {
        long end = Length;
        foreach ((long start, long length, _) in Sections)
        {
            if (start != Align(end) || length < 0 || length > FileLength - start)
            {
                return false;
            }

            end = start + length;
        }

        long texts = LengthOf(PackedSection.TextStarts);
        return end == FileLength
            && Description is { Crystals: >= 0, Rejected: >= 0 }
            && LengthOf(PackedSection.Records) == (long)PackedRecord.Length * Description.Crystals
            && LengthOf(PackedSection.Rejected) == sizeof(int) * (long)RejectedEntry.Length * Description.Rejected
            && LengthOf(PackedSection.Labels) % 8 == 0
            && LengthOf(PackedSection.Payload) % PackedLayout.Alignment == 0
            && texts % 8 == 0 && texts > 0
            && LengthOf(PackedSection.Text) <= int.MaxValue
            && Description.Key.Preparation is { MaxAtomsOfSpecies: not null };

        long LengthOf(PackedSection section) => Sections[(int)section].Length;
    }
}
