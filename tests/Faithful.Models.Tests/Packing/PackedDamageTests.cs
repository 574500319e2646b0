using System.Buffers.Binary;
using System.Text;
using Faithful.Models.Packing;
using Faithful.Testing;

namespace Faithful.Models.Tests.Packing;

public sealed class PackedDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;
    private readonly byte[] _bytes;

    public PackedDamageTests()
    {
        _path = PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(12));
        _bytes = File.ReadAllBytes(_path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_checksum_is_that_of_the_standard() => Assert.Equal(0xE3069283, Crc32C.Append(0, "123456789"u8)); // RFC 3720's algorithm, its check value

    [Fact]
    public void The_checksum_of_parts_is_the_checksum_of_the_whole()
    {
        for (int cut = 0; cut < 100; cut++)
        {
            Assert.Equal(Crc32C.Append(0, _bytes.AsSpan(0, 100)), Crc32C.Append(Crc32C.Append(0, _bytes.AsSpan(0, cut)), _bytes.AsSpan(cut, 100 - cut)));
        }
    }

    [Fact]
    public void Sections_begin_at_multiples_of_64()
    {
        Assert.All(Header(_bytes).Sections, section => Assert.Equal(0, section.Start % 64));
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_does_not_open()
    {
        IEnumerable<long> boundaries = Header(_bytes).Sections.SelectMany(section => new[] { section.Start, section.Start + section.Length });
        foreach (long length in boundaries.SelectMany(at => new[] { at - 1, at, at + 1 }).Concat([0, 1, 7, 8, 31, 32, 4095]).Where(length => length < _bytes.Length))
        {
            File.WriteAllBytes(_path, _bytes[..(int)length]);
            Assert.Throws<PackedDatasetException>(() => PackedDataset.Open(_path));
        }
    }

    [Fact]
    public void A_file_that_has_grown_does_not_open()
    {
        File.WriteAllBytes(_path, [.. _bytes, 0]);
        Assert.Throws<PackedDatasetException>(() => PackedDataset.Open(_path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"mp-1\"}\n")]
    [InlineData("\u0089FPK")]
    public void A_file_of_another_kind_is_named_as_such(string content)
    {
        File.WriteAllText(_path, content, Encoding.Latin1);
        Assert.Contains("a packed data set", Assert.Throws<PackedDatasetException>(() => PackedDataset.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_format_version_is_named()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(8), 7);
        File.WriteAllBytes(_path, _bytes);
        Assert.Contains("version 7", Assert.Throws<PackedDatasetException>(() => PackedDataset.Open(_path)).Message, StringComparison.Ordinal);
    }

    /// <summary>A flipped bit is found by Verify wherever it is; without Verify it gives an exception or does no harm.</summary>
    [Fact]
    public void A_flipped_bit_is_always_found_and_never_gives_wrong_numbers()
    {
        string whole = Whole();
        var random = new Random(5);
        for (int trial = 0; trial < 1500; trial++)
        {
            var (at, bit) = (random.Next(_bytes.Length), (byte)(1 << random.Next(8)));
            _bytes[at] ^= bit;
            File.WriteAllBytes(_path, _bytes);
            _bytes[at] ^= bit;
            Assert.Throws<PackedDatasetException>(() =>
            {
                using var data = PackedDataset.Open(_path);
                data.Verify();
            });
            try
            {
                Assert.Equal(whole, Whole());
            }
            catch (PackedDatasetException)
            {
                // What was read is damaged, and said so.
            }
        }
    }

    /// <summary>Checksums that fit a wrong content must not lead a reader out of the file.</summary>
    [Fact]
    public void Wrong_numbers_under_right_checksums_are_refused_or_harmless()
    {
        var random = new Random(6);
        PackedHeader header = Header(_bytes);
        for (int trial = 0; trial < 1500; trial++)
        {
            byte[] bytes = [.. _bytes];
            (long start, long length, _) = header.Sections[random.Next(header.Sections.Length)];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[start + random.NextInt64(length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(_path, Reseal(bytes, header));
            try
            {
                using var data = PackedDataset.Open(_path);
                PackedSamples.ReadAll(data);
            }
            catch (PackedDatasetException)
            {
                // Refused.
            }
        }
    }

    /// <summary>Makes all checksums right again, those of single crystals included.</summary>
    private static byte[] Reseal(byte[] bytes, PackedHeader header)
    {
        (long records, long length, _) = header.Sections[(int)PackedSection.Records];
        long payload = header.Sections[(int)PackedSection.Payload].Start;
        for (long record = records; record < records + length; record += PackedRecord.Length)
        {
            Span<byte> at = bytes.AsSpan((int)record, PackedRecord.Length);
            long start = BinaryPrimitives.ReadInt64LittleEndian(at);
            int atoms = BinaryPrimitives.ReadInt32LittleEndian(at[8..]), edges = BinaryPrimitives.ReadInt32LittleEndian(at[12..]);
            long size = atoms < 0 || edges < 0 ? -1 : new PackedLayout(atoms, edges).Length;
            if (start >= 0 && size >= 0 && start <= bytes.Length - payload - size)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(at[16..], Crc32C.Append(0, bytes.AsSpan((int)(payload + start), (int)size)));
            }
        }

        new PackedHeader
        {
            FileLength = bytes.Length,
            Description = header.Description,
            Sections = [.. header.Sections.Select(section =>
                (section.Start, section.Length, Crc32C.Append(0, bytes.AsSpan((int)section.Start, (int)section.Length))))],
        }.ToBytes().CopyTo(bytes, 0);
        return bytes;
    }

    private PackedHeader Header(byte[] bytes) => PackedHeader.Read(bytes, bytes.Length, _path);

    private string Whole()
    {
        using var data = PackedDataset.Open(_path);
        return PackedSamples.ReadAll(data);
    }
}
