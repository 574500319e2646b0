using System.IO.Compression;
using Faithful.Crystals.Descriptors;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class DatasetDescribeTests : IDisposable
{
    private const string Silicon =
        "{\"id\":\"a,b\",\"cell\":[3.84,3.84,3.84,60,60,60],\"species\":[\"Si\",\"Si\"],\"frac\":[[0,0,0],[0.25,0.25,0.25]],\"labels\":{\"tqc\":\"LCEBR\"}}\n";

    private const string Iron = "{\"id\":\"iron\",\"cell\":[2.87,2.87,2.87,90,90,90],\"species\":[\"Fe\",\"Fe\"],\"frac\":[[0,0,0],[0.5,0.5,0.5]],\"labels\":{}}\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("best")]
    [InlineData("claussen")]
    [InlineData("best-no-symmetry")]
    public void The_table_has_a_row_for_each_crystal_and_the_columns_of_the_set(string name)
    {
        DescriptorSet set = DescriptorSet.Find(name);
        string source = _folder.Write("two.jsonl", Silicon + Iron);
        ProgramRun run = ProgramRun.Of("dataset", "describe", source, "--set", name, "--out", _folder["out.csv"], "--columns", _folder["columns.csv"], "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((2, 0, set.Count), (Number(run, "crystals"), Number(run, "errors"), Number(run, "columns")));
        Assert.Equal(set.Digest, run.Json.GetProperty("digest").GetString());

        string[] lines = File.ReadAllLines(_folder["out.csv"]);
        Assert.Equal(3, lines.Length);
        Assert.Equal(["id", "label:tqc", .. set.Names], lines[0].Split(','));
        Assert.StartsWith("\"a,b\",LCEBR,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("iron,,", lines[2], StringComparison.Ordinal);
        string[] iron = lines[2].Split(',');
        Assert.Equal(2 + set.Count, iron.Length);
        Assert.Equal("1", iron[2 + set.Names.IndexOf("fraction_Fe")]);

        string[] columns = File.ReadAllLines(_folder["columns.csv"]);
        Assert.Equal("name,unit,description", columns[0]);
        Assert.Equal(set.Names.AsEnumerable(), columns.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_missing_value_is_an_empty_cell_and_gzip_is_told_by_the_name()
    {
        DescriptorSet set = DescriptorSet.Find("best");
        string source = _folder.Write("iron.jsonl", Iron);
        Assert.Equal(0, ProgramRun.Of("dataset", "describe", source, "--out", _folder["out.csv.gz"]).ExitCode);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(_folder["out.csv.gz"]), CompressionMode.Decompress));
        string[] iron = reader.ReadToEnd().Split('\n')[1].Split(',');
        Assert.Equal("", iron[1 + set.Names.IndexOf("nearest_unlike")]);
        Assert.Equal("229", iron[1 + set.Names.IndexOf("space_group")]);
    }

    [Fact]
    public void A_bad_crystal_is_reported_and_left_out_and_strict_leaves_no_file()
    {
        string source = _folder.Write("mixed.jsonl", Silicon + "{\"id\":\"bad\"}\n" + Iron);
        ProgramRun run = ProgramRun.Of("dataset", "describe", source, "--out", _folder["out.csv"], "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Faults);
        Assert.Equal((2, 1), (Number(run, "crystals"), Number(run, "errors")));

        ProgramRun strict = ProgramRun.Of("dataset", "describe", source, "--out", _folder["strict.csv"], "--strict");
        Assert.Equal(1, strict.ExitCode);
        Assert.Equal(["mixed.jsonl", "out.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_unknown_set_is_wrong_usage() =>
        Assert.Equal(2, ProgramRun.Of("dataset", "describe", "x.jsonl", "--set", "bset", "--out", "y.csv").ExitCode);

    private static int Number(ProgramRun run, string name) => run.Json.GetProperty(name).GetInt32();
}
