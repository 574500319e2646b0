using System.IO.Compression;
using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Formats;

public sealed class CrystalSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string poscar = PoscarWriter.ToText(new RandomCrystals(1).Crystal(3));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_content_tells_the_format_whatever_the_name()
    {
        MaterialsJsonWriter.Write(folder["odd.poscar.gz"], [new("a", new RandomCrystals(2).Crystal(), new Dictionary<string, string>(), "x")]);
        Assert.Equal("a", Assert.Single(CrystalSource.Read(folder["odd.poscar.gz"])).GetRecordOrThrow().Id);
        Assert.Equal("odd", Assert.Single(CrystalSource.Read(folder.Write("odd.jsonl", poscar))).GetRecordOrThrow().Id);
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_its_names_and_says_what_is_bad_in_it()
    {
        folder.Write("b/POSCAR", poscar);
        folder.Write("a.vasp", poscar);
        folder.Write("POSCAR-1.5", poscar);
        folder.Write("c/d/x.poscar", "no crystal");
        folder.Write("empty.vasp", string.Empty);
        folder.Write("README.md", "not a crystal file");
        folder.Write("manifest.csv", "id,space_group");
        MaterialsJsonWriter.Write(folder["d.jsonl.gz"], [new("mp-1", new RandomCrystals(2).Crystal(), new Dictionary<string, string>(), "x")]);
        var results = CrystalSource.Read(folder.Path).ToList();
        Assert.Equal(
            ["POSCAR-1.5", "a", "b/POSCAR", "error", "mp-1", "error"],
            results.Select(result => result.Record?.Id ?? "error"));
        Assert.Equal(Path.Combine(folder.Path, "c/d/x.poscar"), results[3].Error!.File);
        Assert.Equal(folder["empty.vasp"], results[5].Error!.File);
    }

    [Fact]
    public void A_path_without_crystals_is_one_error()
    {
        Assert.Equal("nothing of this name", Assert.Single(CrystalSource.Read(folder["nowhere/at/all"])).Error!.Found);
        Assert.Equal("none", Assert.Single(CrystalSource.Read(folder.Path)).Error!.Found);
        Assert.Equal("an empty file", Assert.Single(CrystalSource.Read(folder.Write("POSCAR", string.Empty))).Error!.Found);
    }

    [Fact]
    public void A_damaged_gzip_file_gives_what_is_before_the_damage_and_an_error()
    {
        var records = Enumerable.Range(0, 3000).Select(seed => new CrystalRecord($"{seed}", new RandomCrystals(seed).Crystal(2, 0), new Dictionary<string, string>(), "x"));
        MaterialsJsonWriter.Write(folder["m.jsonl.gz"], records);
        var bytes = File.ReadAllBytes(folder["m.jsonl.gz"]);
        File.WriteAllBytes(folder["cut.jsonl.gz"], bytes[..(bytes.Length / 2)]);
        bytes.AsSpan(bytes.Length / 2, 100).Fill(0xff);
        File.WriteAllBytes(folder["bad.jsonl.gz"], bytes);
        foreach (var name in new[] { "cut.jsonl.gz", "bad.jsonl.gz" })
        {
            var results = CrystalSource.Read(folder[name]).ToList();
            Assert.InRange(results.Count(result => result.IsSuccess), 500, 2999);
            Assert.False(results[^1].IsSuccess, name);
        }

        using (var zip = new GZipStream(File.Create(folder["p.gz"]), CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(poscar));
        }

        File.WriteAllBytes(folder["q.gz"], File.ReadAllBytes(folder["p.gz"])[..^80]);
        Assert.False(Assert.Single(CrystalSource.Read(folder["q.gz"])).IsSuccess);
    }
}
