using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Testing;

namespace Faithful.Datasets.Tests.Labels;

public sealed class LabelFileTests : IDisposable
{
    private const string Silicon = "Si\n1.0\n0 2.7 2.7\n2.7 0 2.7\n2.7 2.7 0\nSi\n2\nDirect\n0 0 0\n0.25 0.25 0.25\n";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Archives => [".zip", ".tar", ".tar.gz"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_of_a_folder_is_found_and_two_are_one_too_many()
    {
        Assert.Null(LabelFile.Read(folder.Path));
        var path = folder.Write("labels.csv", "id,tqc\na,ES\n");
        Assert.Equal(path, LabelFile.Read(folder.Path)!.Source);
        Assert.Null(LabelFile.Read(path));
        Assert.Null(LabelFile.Read(folder["missing"]));
        folder.Write("labels.tsv", "id\ttqc\na\tES\n");
        Assert.Contains("labels.csv and labels.tsv", Assert.Throws<CrystalFormatException>(() => LabelFile.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void Labels_in_an_archive_fit_its_crystals_at_the_top_and_in_a_folder(string extension)
    {
        foreach (var top in new[] { "", "data/" })
        {
            var path = folder[$"crystals{top.Length}{extension}"];
            Pack(path, ($"{top}Si.vasp", Silicon), ($"{top}more/Si.vasp", Silicon), ($"{top}labels.csv", "id,tqc\nSi,ES\nmore/Si,NLC\n"), ($"{top}more/labels.csv", "deeper"));
            var (records, report) = LabelFile.Read(path)!.Join(CrystalSource.Read(path).Select(result => result.GetRecordOrThrow()));
            Assert.Equal(["ES", "NLC"], records.Select(record => record.Labels["tqc"]));
            Assert.Equal((2, 0), (report.Joined, report.IdsWithoutStructure.Length));
            Assert.Equal($"{path}!{top}labels.csv", report.Source);
            Assert.Equal(2, MaterialDataset.Load(path, "tqc").Rows.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void An_archive_without_labels_has_none_and_two_are_one_too_many(string extension)
    {
        Pack(folder[$"none{extension}"], ("Si.vasp", Silicon));
        Assert.Null(LabelFile.Read(folder[$"none{extension}"]));
        Pack(folder[$"two{extension}"], ("a/labels.csv", "id,tqc\nSi,ES\n"), ("b/labels.csv", "id,tqc\nSi,ES\n"));
        Assert.Contains("a/labels.csv and b/labels.csv", Assert.Throws<CrystalFormatException>(() => LabelFile.Read(folder[$"two{extension}"])).Message, StringComparison.Ordinal);
        Pack(folder[$"bad{extension}"], ("labels.csv", "id,tqc\nSi\n"));
        Assert.Contains("labels.csv(2)", Assert.Throws<CrystalFormatException>(() => LabelFile.Read(folder[$"bad{extension}"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void A_damaged_archive_is_left_to_the_reader_of_crystals(string extension)
    {
        var path = folder[$"crystals{extension}"];
        Pack(path, ("Si.vasp", Silicon), ("labels.csv", "id,tqc\nSi,ES\n"));
        var bytes = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 1, 10, bytes.Length / 4, bytes.Length / 3 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Null(LabelFile.Read(path));
        }
    }

    [Fact]
    public void What_the_writer_of_crystals_writes_beside_them_is_joined_to_them()
    {
        CrystalRecord[] records =
        [
            LabelTableTests.Record("a", ("note", " blanks, \"quotes\"\nand lines "), ("tqc", "ES")), LabelTableTests.Record("b/c", ("tqc", "NLC")),
        ];
        foreach (var path in new[] { folder["out"], folder["out.zip"], folder["out.tar.gz"] })
        {
            CrystalWriter.Write(path, CrystalFormat.Poscar, records);
            var (joined, report) = LabelFile.Read(path)!.Join(CrystalSource.Read(path).Select(result => result.GetRecordOrThrow()));
            Assert.Equal(records.Select(record => record.Labels["tqc"]), joined.Select(record => record.Labels["tqc"]));
            Assert.Equal(records[0].Labels["note"], joined[0].Labels["note"]);
            Assert.Equal(2, report.Joined);
        }
    }

    private static void Pack(string path, params (string Name, string Text)[] files)
    {
        using var file = File.Create(path);
        if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Create);
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }

            return;
        }

        using Stream packed = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using var tar = new TarWriter(packed);
        foreach (var (name, text) in files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }
    }
}
