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
