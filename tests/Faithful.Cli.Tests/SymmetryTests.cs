using System.Text.Json;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class SymmetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _iron;

    public SymmetryTests()
    {
        _iron = _folder["iron.vasp"];
        File.WriteAllText(_iron, "Fe\n2.87\n1 0 0\n0 1 0\n0 0 1\nFe\n2\nDirect\n0 0 0\n0.5 0.5 0.51\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_has_the_documented_fields()
    {
        JsonElement iron = Assert.Single(ProgramRun.Of("symmetry", _iron, "--json").Json.EnumerateArray());
        Assert.Equal("iron", iron.GetProperty("id").GetString());
        Assert.Equal(229, iron.GetProperty("space_group").GetInt32());
        Assert.Equal("Im-3m", iron.GetProperty("symbol").GetString());
        Assert.Equal("m-3m", iron.GetProperty("point_group").GetString());
        Assert.Equal(1, iron.GetProperty("atoms_primitive").GetInt32());
    }

    [Fact]
    public void A_narrower_tolerance_sees_the_shifted_atom()
    {
        JsonElement iron = Assert.Single(ProgramRun.Of("symmetry", _iron, "--symprec", "0.001", "--json").Json.EnumerateArray());
        Assert.NotEqual(229, iron.GetProperty("space_group").GetInt32());
        Assert.Equal(2, iron.GetProperty("atoms_primitive").GetInt32());
    }

    [Fact]
    public void The_table_names_group_and_crystal()
    {
        string row = Assert.Single(ProgramRun.Of("symmetry", _iron).Output.Split('\n'), line => line.Contains("iron", StringComparison.Ordinal));
        Assert.Contains("Im-3m", row, StringComparison.Ordinal);
        Assert.Contains("229", row, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_counts_crystals_and_finds_a_wrong_label()
    {
        const string Line = """{"id":"ID","cell":[2.87,2.87,2.87,90,90,90],"species":["Fe","Fe"],"frac":[[0,0,0],[0.5,0.5,0.5]]LABELS}""";
        string[] labels = ["", ""","labels":{"space_group":229}""", ""","labels":{"space_group":221}"""];
        string path = _folder.Write("iron.jsonl", string.Join(
            '\n',
            labels.Select((label, row) => Line.Replace("ID", $"fe-{row}", StringComparison.Ordinal).Replace("LABELS", label, StringComparison.Ordinal))));
        ProgramRun run = ProgramRun.Of("symmetry", path, "--summary", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Json.GetProperty("crystals").GetInt32());
        Assert.Equal(3, run.Json.GetProperty("systems").GetProperty("cubic").GetInt32());
        Assert.Equal(2, run.Json.GetProperty("labelled").GetInt32());
        Assert.Equal(1, run.Json.GetProperty("label_agrees").GetInt32());
        JsonElement differing = Assert.Single(run.Json.GetProperty("label_differs").EnumerateArray());
        Assert.Equal("fe-2", differing.GetProperty("id").GetString());
        Assert.Equal(229, differing.GetProperty("found").GetInt32());

        run = ProgramRun.Of("symmetry", path, "--summary");
        Assert.Contains("3 crystals, 1 space groups", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of the 2 crystals", run.Error, StringComparison.Ordinal);
        Assert.Contains("fe-2: label 221, found 229", run.Error, StringComparison.Ordinal);
    }
}
