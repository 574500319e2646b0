using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Pipelines;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class SweepTests : IDisposable
{
    private static readonly string[] Quick = ["--task", "point-group", "--no-cache", "--set", "number_of_trees=4", "--set", "descriptors=best-no-symmetry"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_best_options_train_the_same_trees_again()
    {
        JsonElement sweep = Sweep(0, "--trials", "3", "--json").Json;
        Assert.Equal((3, 3, "accuracy"), (sweep.GetProperty("trials").GetInt32(), sweep.GetProperty("complete").GetInt32(), sweep.GetProperty("metric").GetString()));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(sweep.GetProperty("options").GetRawText()), JsonNode.Parse(File.ReadAllText(sweep.GetProperty("options_file").GetString()!))));
        Assert.True(sweep.GetProperty("best").GetProperty("value").GetDouble() >= sweep.GetProperty("default").GetProperty("value").GetDouble());

        ProgramRun trained = ProgramRun.Of(
            "train", "--task", "point-group", "--model", "gbt", "--data", Source(), "--no-cache", "--out", _folder["run"], "--json",
            "--options", sweep.GetProperty("options_file").GetString()!);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Equal(sweep.GetProperty("best").GetProperty("value").GetDouble(), trained.Json.GetProperty("metrics").GetProperty("validation_accuracy").GetDouble());
        string swept = sweep.GetProperty("run").GetString()!;
        Assert.Equal(TreeRunFolder.Open(swept).ReadDescription().Trees, TreeRunFolder.Open(_folder["run"]).ReadDescription().Trees);
        Assert.Equal(File.ReadAllText(Path.Combine(swept, "trees.json")), File.ReadAllText(_folder["run/trees.json"]));
        Assert.Equal(0, ProgramRun.Of("export", "--run", swept, "--out", _folder["onnx"]).ExitCode);
    }

    [Fact]
    public void The_best_options_of_a_network_train_the_same_network_again()
    {
        string[] small = ["--model", "nnn", "--set", "epochs=1", "--set", "width=8", "--set", "layers=1", "--trials", "2", "--json"];
        JsonElement sweep = Of(["--task", "point-group", "--no-cache", .. small], 0).Json;
        ProgramRun trained = ProgramRun.Of(
            "train", "--task", "point-group", "--model", "nnn", "--data", Source(), "--no-cache", "--out", _folder["run"], "--json",
            "--options", sweep.GetProperty("options_file").GetString()!);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(sweep.GetProperty("run").GetString()!, "options.json")), File.ReadAllText(_folder["run/options.json"]));
        Assert.Equal(sweep.GetProperty("best").GetProperty("value").GetDouble(), trained.Json.GetProperty("metrics").GetProperty("validation_accuracy").GetDouble());
    }

    [Fact]
    public void A_sweep_goes_on_with_more_trials_and_says_what_comes_next()
    {
        ProgramRun first = Sweep(0, "--trials", "1");
        Assert.Contains("nothing was better", first.Output, StringComparison.Ordinal);
        Assert.Contains("trial  1/1  gbt   accuracy", first.Error, StringComparison.Ordinal);
        Assert.Contains($"--options {_folder["sweep/best.json"]}", first.Output, StringComparison.Ordinal);
        ProgramRun second = Sweep(0, "--trials", "2", "--resume", "--early-stopping", "none");
        Assert.Contains("2 trials in", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("trial  1/2", second.Error, StringComparison.Ordinal);
        Assert.Contains("a folder without a sweep", Sweep(1, "--trials", "2").Faults[0], StringComparison.Ordinal);
        Assert.Contains("the sweep was made otherwise", Sweep(1, "--resume", "--metric", "loss").Faults[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--preset", "paper", "expected a preset of best, claussen; found 'paper'")]
    [InlineData("--preset", "claussen", "asks for the symmetry")]
    [InlineData("--set", "widht=3", "there is no option 'widht'")]
    [InlineData("--set", "number_of_leaves=1", "NumberOfLeaves must lie in 2..10,000, found 1.")]
    [InlineData("--trials", "0", "--trials must lie in 1..10000, found '0'.")]
    [InlineData("--model", "gnn", "'gnn'")]
    public void A_wrong_command_line_is_one_clear_line(string option, string value, string expected)
    {
        ProgramRun run = Of(["--task", "point-group", "--no-cache", option, value], 2);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    private ProgramRun Sweep(int exitCode, params string[] options) => Of([.. Quick, .. options], exitCode);

    private ProgramRun Of(string[] options, int exitCode)
    {
        ProgramRun run = ProgramRun.Of(["sweep", "--data", Source(), "--out", _folder["sweep"], .. options]);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.Error}");
        return run;
    }

    private string Source()
    {
        string path = _folder["crystals.jsonl"];
        return File.Exists(path)
            ? path
            : _folder.Write("crystals.jsonl", string.Join('\n', File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(150)) + "\n");
    }
}
