using System.Formats.Tar;
using System.IO.Compression;
using Faithful.Crystals.Formats;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>What users name: texts of any format, which their content tells, and archives of them.</summary>
internal static class SourceFuzzing
{
    private static readonly CrystalSourceOptions OneThread = new() { MaterialsJson = new() { Threads = 1 } };

    private static readonly DateTimeOffset Time = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly FuzzFormat[] Texts =
        [PoscarFuzzing.Format, MaterialsJsonFuzzing.Format, CifFuzzing.Format, ExtendedXyzFuzzing.Format, OptimadeFuzzing.Format];

    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("a/POSCAR", PoscarFuzzing.Format.Seeds[0]), ("a/b.vasp", PoscarFuzzing.Format.Seeds[2]), ("c.cif", CifFuzzing.Format.Seeds[0]),
        ("m.jsonl", MaterialsJsonFuzzing.Format.Seeds[0]), ("x.extxyz", ExtendedXyzFuzzing.Format.Seeds[0]), ("read me.txt", [65, 66]),
    ];

    private static readonly string[] ArchiveWords =
        ["PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0007\b", "ustar", "../", "/", "\\", "POSCAR", ".cif", ".zip", ".gz", "0000644", "77777777777", "\u001f"];

    /// <summary>Gets texts of all formats, mixed, given to the reader of any source.</summary>
    public static FuzzFormat Text { get; } =
        new("source", [.. Texts.SelectMany(format => format.Seeds)], [.. Texts.SelectMany(format => format.Words)], Read) { Share = 0.25 };

    /// <summary>Gets archives of files and gzipped files, which may be a thousandth of what they unpack to.</summary>
    public static FuzzFormat Archive { get; } =
        new("archive", [Gzip(Files[0].Content), Gzip(Files[3].Content), Zip(Files), Zip(Files[..2]), Tar(Files[..3]), Gzip(Tar(Files[2..]))], ArchiveWords, Read) { Share = 0.1, ResultsPerByte = 1100 };

    private static IEnumerable<CrystalReadResult> Read(Stream stream) => CrystalSource.Read(stream, "source", "a", OneThread);

    private static byte[] Gzip(byte[] content)
    {
        var result = new MemoryStream();
        using (var zip = new GZipStream(result, CompressionLevel.Optimal))
        {
            zip.Write(content);
        }

        return result.ToArray();
    }

    private static byte[] Zip((string Name, byte[] Content)[] files)
    {
        var result = new MemoryStream();
        using (var archive = new ZipArchive(result, ZipArchiveMode.Create))
        {
            foreach (var (file, index) in files.Select((file, index) => (file, index)))
            {
                var entry = archive.CreateEntry(file.Name, index % 2 == 0 ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                entry.LastWriteTime = Time;
                using var stream = entry.Open();
                stream.Write(file.Content);
            }
        }

        return result.ToArray();
    }

    private static byte[] Tar((string Name, byte[] Content)[] files)
    {
        var result = new MemoryStream();
        using (var archive = new TarWriter(result, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = Time });
            }
        }

        return result.ToArray();
    }
}
