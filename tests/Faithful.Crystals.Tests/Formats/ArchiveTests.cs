using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Archives;
using Faithful.Crystals.Formats.ExtendedXyz;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Formats.Optimade;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Formats;

/// <summary>Folders, archives and streams hold the same crystals; hostile ones end in an error like others.</summary>
public sealed class ArchiveTests : IDisposable
{
    private static readonly byte[] Poscar = ArchiveFile.Utf8(PoscarWriter.ToText(new RandomCrystals(1).Crystal(3)));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folder_zip_tar_and_stream_give_the_same_crystals()
    {
        var files = Files();
        foreach (var (name, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder["source/" + name])!);
            File.WriteAllBytes(folder["source/" + name], content);
        }

        var expected = Describe(CrystalSource.Read(folder["source"]), folder["source"] + "/").ToList();
        Assert.Equal(12, expected.Count);
        Assert.Single(expected, line => line.StartsWith("error", StringComparison.Ordinal));
        (string Name, byte[] Content)[] archives =
        [
            ("a.zip", ArchiveFile.Zip([.. files.Reverse()])), // whose entries come in the order of their names
            ("a.tar", ArchiveFile.Tar(files)),
            ("a.tar.gz", ArchiveFile.Gzip(ArchiveFile.Tar([.. files.Select(file => ("./" + file.Name, file.Content))]))),
            ("ustar", ArchiveFile.Tar(TarEntryFormat.Ustar, files)),
            ("gnu", ArchiveFile.Tar(TarEntryFormat.Gnu, files)),
        ];
        foreach (var (name, content) in archives)
        {
            File.WriteAllBytes(folder[name], content);
            Assert.Equal(expected, Describe(CrystalSource.Read(folder[name]), folder[name] + "!"));
            Assert.Equal(expected, Describe(CrystalSource.Read(new ForwardOnlyStream(content), "pipe", "stdin"), "pipe!"));
        }
    }

    [Fact]
    public void A_file_that_is_no_archive_reads_the_same_from_a_stream_and_gzipped()
    {
        foreach (var (name, content) in Files().Where(file => CrystalFormats.IsCrystalFile(file.Name) && !file.Name.EndsWith(".gz", StringComparison.Ordinal)))
        {
            var path = folder[Path.GetFileName(name)];
            File.WriteAllBytes(path, content);
            File.WriteAllBytes(path + ".gz", ArchiveFile.Gzip(content));
            var expected = Describe(CrystalSource.Read(path), path).ToList();
            Assert.Equal(expected, Describe(CrystalSource.Read(path + ".gz"), path + ".gz"));
            Assert.Equal(expected, Describe(CrystalSource.Read(new ForwardOnlyStream(content, 7), "pipe", CrystalFormats.IdOf(Path.GetFileName(name))), "pipe"));
        }
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_noticed_and_a_whole_one_is_not()
    {
        var text = ArchiveFile.Utf8(string.Concat(Enumerable.Range(0, 500).Select(number => $"line {number * number}\n")));
        var whole = ArchiveFile.Gzip(text);
        Assert.Equal(text, Unpack(whole));
        Assert.Equal([.. text, .. text], Unpack([.. whole, .. whole]));
        for (var length = 2; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Unpack(whole[..length]));
            Assert.Throws<InvalidDataException>(() => Unpack([.. whole, .. whole[..length]]));
        }

        // Packed lengths around the size of the buffer of .NET.
        for (var length = 8150; length < 8200; length++)
        {
            var random = new byte[length];
            new Random(length).NextBytes(random);
            Assert.Equal(random, Unpack(ArchiveFile.Gzip(random)));
            Assert.Throws<InvalidDataException>(() => Unpack(ArchiveFile.Gzip(random)[..^1]));
        }
    }

    [Fact]
    public void Materials_cut_at_the_end_of_a_line_are_an_error_after_the_good_lines()
    {
        var lines = MaterialsLines(3);
        var stored = StoredGzip(lines);
        var cut = stored[..(stored.Length - 8 - (lines.Length - 1 - lines.AsSpan(0, lines.Length - 1).LastIndexOf((byte)'\n')))];
        File.WriteAllBytes(folder["cut.jsonl.gz"], cut);
        var results = CrystalSource.Read(folder["cut.jsonl.gz"]).ToList();
        Assert.Equal(["m-0", "m-1", null], results.Select(result => result.Record?.Id));
        Assert.Equal("a gzip file that breaks off", results[^1].Error!.Found);
    }

    [Fact]
    public void An_archive_cut_anywhere_is_an_error_and_never_another_exception()
    {
        (string, byte[])[] files = [("a.vasp", Poscar), ("b.jsonl", MaterialsLines(2)), ("c.vasp", Poscar)];
        foreach (var archive in new[] { ArchiveFile.Zip(files), ArchiveFile.Tar(files), ArchiveFile.Gzip(ArchiveFile.Tar(files)) })
        {
            for (var length = 1; length < archive.Length; length += 61)
            {
                var end = archive.AsSpan(length).IndexOfAnyExcept((byte)0);
                if (end < 0)
                {
                    continue; // the second block of zeros at the end of a tar archive: one is enough
                }

                Assert.Contains(Read(archive[..length]), result => !result.IsSuccess);
            }

            Assert.All(Read(archive), result => Assert.True(result.IsSuccess, result.Error?.Message));
            Assert.Equal(4, Read(archive).Count);
        }
    }

    [Fact]
    public void A_damaged_byte_is_never_another_exception()
    {
        (string, byte[])[] files = [("a.vasp", Poscar), ("b.jsonl", MaterialsLines(2))];
        foreach (var archive in new[] { ArchiveFile.Zip(files), ArchiveFile.Tar(files), ArchiveFile.Gzip(ArchiveFile.Tar(files)) })
        {
            var random = new Random(7);
            for (var trial = 0; trial < 400; trial++)
            {
                var damaged = (byte[])archive.Clone();
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
                Read(damaged);
            }
        }
    }

    [Fact]
    public void The_content_of_a_zip_entry_is_checked()
    {
        var archive = ArchiveFile.Zip(("a.vasp", Poscar));
        var name = archive.AsSpan().LastIndexOf("a.vasp"u8);
        archive[name - 30] ^= 1; // the CRC-32 in the list of entries
        var error = Assert.Single(Read(archive)).Error!;
        Assert.Equal(("x!a.vasp", "an entry that does not have its checksum"), (error.File, error.Found));
    }

    [Theory]
    [InlineData("a.vasp")]
    [InlineData("a.cif")]
    [InlineData("a.xyz")]
    [InlineData("a.jsonl")]
    [InlineData("a.json")]
    public void A_stream_that_goes_on_failing_is_one_error(string name)
    {
        var archive = ArchiveFile.Zip((name, Poscar));
        archive[archive.AsSpan().IndexOf(ArchiveFile.Utf8(name)) + name.Length] = 0xff; // the first byte of the packed content
        Assert.False(Assert.Single(Read(archive)).IsSuccess);
    }

    [Fact]
    public void The_checksum_is_that_of_zip()
    {
        Assert.Equal(0xCBF43926u, Checksum32.Append(0, "123456789"u8)); // the check value of CRC-32/ISO-HDLC
        var bytes = new byte[1000];
        new Random(3).NextBytes(bytes);
        for (var cut = 0; cut < bytes.Length; cut += 37)
        {
            Assert.Equal(Checksum32.Append(0, bytes), Checksum32.Append(Checksum32.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }

    [Fact]
    public void An_encrypted_entry_is_refused()
    {
        var archive = ArchiveFile.Zip(("a.vasp", Poscar), ("b.vasp", Poscar));
        archive[6] |= 1; // the flags of the first local header
        archive[archive.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1; // and of the list of entries
        var results = Read(archive);
        Assert.Equal(("x!a.vasp", "an encrypted entry"), (results[0].Error!.File, results[0].Error!.Found));
        Assert.Equal("b", results[1].Record!.Id);
    }

    [Fact]
    public void An_archive_inside_an_archive_is_refused()
    {
        var inner = ArchiveFile.Zip(("a.vasp", Poscar));
        (string, byte[])[] files = [("data/inner.zip", inner), ("POSCARs.zip", inner), ("POSCAR.tar.gz", ArchiveFile.Gzip(ArchiveFile.Tar(("b", Poscar)))), ("z.vasp", Poscar)];
        foreach (var archive in new[] { ArchiveFile.Zip(files), ArchiveFile.Gzip(ArchiveFile.Tar(files)) })
        {
            var results = Read(archive);
            Assert.Equal(["an archive", "an archive", "an archive"], results.Where(result => !result.IsSuccess).Select(result => result.Error!.Found));
            Assert.Equal("z", Assert.Single(results, result => result.IsSuccess).Record!.Id);
        }

        Assert.Equal("a zip archive inside a gzip file", Assert.Single(Read(ArchiveFile.Gzip(inner))).Error!.Found);
        Assert.Equal("a gzip file inside a gzip file", Assert.Single(Read(ArchiveFile.Gzip(ArchiveFile.Gzip(Poscar)))).Error!.Found);
    }

    [Fact]
    public void Names_are_only_names()
    {
        (string, byte[])[] files =
        [
            ("../../up.vasp", Poscar), ("/root.vasp", Poscar), ("a\\b.vasp", Poscar), ("line\nbreak\u001b[31m.vasp", Poscar), ("Größe 1.vasp", Poscar),
            ("__MACOSX/._a.vasp", Poscar), ("folder.vasp/", []), ("labels.csv", Poscar), (".vasp", Poscar), (new string('n', 90) + "/" + new string('m', 200) + ".vasp", Poscar),
        ];
        string[] expected = ["../../up", "/root", "a/b", "line\uFFFDbreak\uFFFD[31m", "Größe 1", new string('n', 90) + "/" + new string('m', 200)];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Read(ArchiveFile.Zip(files)).Select(result => result.GetRecordOrThrow().Id));
        Assert.Equal(expected, Read(ArchiveFile.Tar([.. files.Where(file => file.Item1 != "folder.vasp/")])).Select(result => result.GetRecordOrThrow().Id));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Archives_without_crystals_and_foreign_archives_are_one_error()
    {
        Assert.Equal("none", Assert.Single(Read(ArchiveFile.Zip(("README", Poscar)))).Error!.Found);
        Assert.Equal("none", Assert.Single(Read(ArchiveFile.Tar(("README", Poscar)))).Error!.Found);
        Assert.Equal("none", Assert.Single(Read(ArchiveFile.Zip())).Error!.Found);
        Assert.StartsWith("an xz file", Assert.Single(Read([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0])).Error!.Found, StringComparison.Ordinal);
        Assert.Equal("an empty file", Assert.Single(Read(ArchiveFile.Gzip([]))).Error!.Found);
    }

    [Fact]
    public void Progress_goes_from_nothing_to_all_of_the_bytes()
    {
        var lines = MaterialsLines(5000);
        File.WriteAllBytes(folder["a.jsonl"], lines);
        File.WriteAllBytes(folder["a.zip"], ArchiveFile.Zip(("a.jsonl", lines), ("b.vasp", Poscar)));
        Directory.CreateDirectory(folder["f"]);
        File.WriteAllBytes(folder["f/b.jsonl.gz"], ArchiveFile.Gzip(lines));
        File.WriteAllBytes(folder["f/POSCAR"], Poscar);
        foreach (var path in new[] { "a.jsonl", "a.zip", "f" })
        {
            var reports = new List<SourceProgress>();
            Assert.All(CrystalSource.Read(folder[path], new() { Progress = new Progress(reports) }), result => Assert.True(result.IsSuccess));
            Assert.NotEmpty(reports);
            Assert.Equal(reports.Select(report => report.BytesRead).Order(), reports.Select(report => report.BytesRead));
            Assert.All(reports, report => Assert.Equal(reports[0].TotalBytes, report.TotalBytes));
            Assert.InRange(reports[^1].BytesRead, 0.9 * reports[0].TotalBytes!.Value, 1.2 * reports[0].TotalBytes!.Value);
        }
    }

    private static List<CrystalReadResult> Read(byte[] archive) => [.. CrystalSource.Read(new ForwardOnlyStream(archive), "x", "x")];

    private static byte[] Unpack(byte[] packed)
    {
        using var stream = new GzipFileStream(new MemoryStream(packed));
        using var unpacked = new MemoryStream();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static byte[] StoredGzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.NoCompression, leaveOpen: true))
        {
            zip.Write(content);
        }

        return bytes.ToArray();
    }

    private static byte[] MaterialsLines(int count)
    {
        using var stream = new MemoryStream();
        MaterialsJsonWriter.Write(stream, Records(count, "m"));
        return stream.ToArray();
    }

    private static IEnumerable<CrystalRecord> Records(int count, string name) => Enumerable.Range(0, count)
        .Select(seed => new CrystalRecord($"{name}-{seed}", new RandomCrystals(seed).Crystal(2, 0), new Dictionary<string, string> { ["number"] = $"{seed}" }, "x"));

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static (string Name, byte[] Content)[] Files() =>
    [
        ("POSCAR", Poscar),
        ("README.md", ArchiveFile.Utf8("no crystals here")),
        ("b/POSCAR.gz", ArchiveFile.Gzip(Poscar)),
        ("b/bad.vasp", ArchiveFile.Utf8("no crystal\n")),
        ("b/frames.extxyz", Written(stream => ExtendedXyzWriter.Write(stream, Records(3, "frame")))),
        ("c/d/m.jsonl", MaterialsLines(2)),
        ("c/d/m2.jsonl.gz", ArchiveFile.Gzip(ArchiveFile.Utf8(Encoding.UTF8.GetString(MaterialsLines(1)).Replace("m-0", "packed", StringComparison.Ordinal)))),
        ("c/o.json", Written(stream => OptimadeWriter.Write(stream, Records(2, "o")))),
        ("labels.csv", ArchiveFile.Utf8("id,space_group\nPOSCAR,1\n")),
        ("z.xyz", ArchiveFile.Utf8("1\nLattice=\"3 0 0 0 3 0 0 0 3\"\nSi 0 0 0\n")),
    ];

    // Everything about the results but the name of the source.
    private static IEnumerable<string> Describe(IEnumerable<CrystalReadResult> results, string source) => results.Select(result => result.Record is { } record
        ? $"{record.Id} {Without(record.Origin, source)} {Encoding.UTF8.GetString(Written(stream => MaterialsJsonWriter.Write(stream, [record])))}"
        : $"error {Without(result.Error!.Message, source)}");

    private static string Without(string text, string source)
    {
        Assert.StartsWith(source, text, StringComparison.Ordinal);
        return text[source.Length..];
    }

    private sealed class Progress(List<SourceProgress> reports) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value) => reports.Add(value);
    }
}
