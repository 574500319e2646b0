using System.Text.Json;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class DatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_depends_on_nothing_but_seed_and_count()
    {
        string first = Sample("first.jsonl", 3), again = Sample("again.jsonl", 3), other = Sample("other.jsonl", 4);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(again));
        Assert.NotEqual(File.ReadAllBytes(first), File.ReadAllBytes(other));
    }

    [Fact]
    public void Info_counts_what_the_sample_holds()
    {
        JsonElement info = ProgramRun.Of("dataset", "info", Sample("sample.jsonl", 0), "--json").Json;
        Assert.Equal(40, info.GetProperty("crystals").GetInt32());
        Assert.Equal(0, info.GetProperty("errors").GetInt32());
        Assert.Equal(64, info.GetProperty("sha256").GetString()!.Length);
        Assert.Contains("point-group", info.GetProperty("tasks").EnumerateArray().Select(task => task.GetString()));
        JsonElement groups = info.GetProperty("labels").GetProperty("point_group");
        Assert.Equal(40, groups.GetProperty("crystals").GetInt32());
        Assert.Equal(40, groups.GetProperty("classes").EnumerateObject().Sum(group => group.Value.GetInt32()));
    }

    [Fact]
    public void Info_says_the_same_in_words()
    {
        string text = ProgramRun.Of("dataset", "info", Sample("sample.jsonl", 0)).Output;
        Assert.Contains("crystals   40", text, StringComparison.Ordinal);
        Assert.Contains("label point_group: 40 crystals", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_counts_systems_and_prototypes()
    {
        string sample = Sample("sample.jsonl", 0);
        JsonElement info = ProgramRun.Of("dataset", "info", sample, "--json").Json;
        int formulas = info.GetProperty("formulas").GetInt32(), systems = info.GetProperty("chemical_systems").GetInt32();
        Assert.InRange(systems, 1, formulas);
        Assert.Equal(40, info.GetProperty("with_space_group").GetInt32());
        Assert.InRange(info.GetProperty("prototypes").GetInt32(), 1, 40);
        Assert.Contains($"{formulas} different formulas of {systems} chemical systems", ProgramRun.Of("dataset", "info", sample).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_lie_with_the_crystals_or_are_named_are_joined_and_that_is_said()
    {
        File.Copy(Sample("sample.jsonl", 0), Directory.CreateDirectory(_folder["crystals"]).FullName + "/a.jsonl");
        string id = JsonDocument.Parse(File.ReadLines(_folder["sample.jsonl"]).First()).RootElement.GetProperty("id").GetString()!;
        string labels = _folder.Write("crystals/labels.csv", $"id,hardness,note\n{id},9.5,\nnowhere,1,x\n");

        ProgramRun found = ProgramRun.Of("dataset", "info", _folder["crystals"], "--json");
        Assert.Equal(0, found.ExitCode);
        Assert.Contains("labels of ", found.Error, StringComparison.Ordinal);
        Assert.Contains("1 ids without a structure (nowhere)", found.Error, StringComparison.Ordinal);
        JsonElement report = Assert.Single(found.Json.GetProperty("label_files").EnumerateArray());
        Assert.Equal((1, 0, 39), (report.GetProperty("joined").GetInt32(), report.GetProperty("conflicts").GetInt32(), report.GetProperty("structures_without_label").GetArrayLength()));
        Assert.Equal(1, found.Json.GetProperty("labels").GetProperty("hardness").GetProperty("crystals").GetInt32());
        Assert.False(found.Json.GetProperty("labels").TryGetProperty("note", out _));

        ProgramRun named = ProgramRun.Of("dataset", "info", _folder["sample.jsonl"], "--labels", labels);
        Assert.Contains("hardness, note joined to 1 crystals", named.Output, StringComparison.Ordinal);
        Assert.Empty(ProgramRun.Of("dataset", "info", _folder["sample.jsonl"], "--json").Json.GetProperty("label_files").EnumerateArray());
    }

    [Fact]
    public void Labels_come_back_from_an_archive_of_files()
    {
        string sample = Sample("sample.jsonl", 0);
        Assert.Equal(0, ProgramRun.Of("dataset", "convert", sample, "--out", _folder["crystals.zip"]).ExitCode);
        ProgramRun back = ProgramRun.Of("dataset", "convert", _folder["crystals.zip"], "--out", _folder["back.jsonl"]);
        Assert.Contains("point_group, prototype, space_group joined to 40 crystals", back.Error, StringComparison.Ordinal);
        JsonElement Labels(string path) => ProgramRun.Of("dataset", "info", path, "--json").Json.GetProperty("labels");
        Assert.Equal(Labels(sample).GetRawText(), Labels(_folder["back.jsonl"]).GetRawText());
    }

    [Theory]
    [InlineData("id,point_group\n{0},nonsense\n", "\"nonsense\"")]
    [InlineData("id,hardness\nnowhere,1\n", "ids of the crystals")]
    [InlineData("id,hardness\n{0},1,2\n", "labels.csv(2)")]
    [InlineData("id,hardness\n{0},1\n{0},2\n", "first in line 2")]
    public void Labels_that_do_not_fit_are_one_error(string text, string message)
    {
        string sample = Sample("sample.jsonl", 0);
        string id = JsonDocument.Parse(File.ReadLines(sample).First()).RootElement.GetProperty("id").GetString()!;
        ProgramRun run = ProgramRun.Of("dataset", "info", sample, "--labels", _folder.Write("labels.csv", text.Replace("{0}", id, StringComparison.Ordinal)));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_of_a_file_are_counted_with_the_others()
    {
        string tasks = _folder.Write("tasks.json", """{"tasks":[{"name":"structure","column":"prototype","kind":"classification","classes":["a","b"]}]}""");
        Assert.Contains("point-group, structure", ProgramRun.Of("dataset", "info", Sample("sample.jsonl", 0), "--tasks", tasks).Output, StringComparison.Ordinal);
        Assert.Single(ProgramRun.Of("dataset", "info", _folder["sample.jsonl"], "--tasks", _folder["none.json"]).Faults);
    }

    [Fact]
    public void A_source_that_does_not_exist_is_one_error()
    {
        ProgramRun run = ProgramRun.Of("dataset", "info", _folder["missing.jsonl"], "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Faults);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_one_error()
    {
        File.WriteAllText(_folder["file"], "");
        ProgramRun run = ProgramRun.Of("dataset", "sample", "--out", _folder["file/sample.jsonl"], "--count", "5");
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Faults);
    }

    private string Sample(string name, int seed)
    {
        string path = _folder[name];
        ProgramRun run = ProgramRun.Of("dataset", "sample", "--out", path, "--count", "40", "--seed", $"{seed}", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(40, run.Json.GetProperty("crystals").GetInt32());
        return path;
    }
}
