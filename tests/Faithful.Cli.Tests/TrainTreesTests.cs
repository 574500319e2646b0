using System.Text.Json;
using Faithful.Crystals.Symmetry;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>The command <c>train</c> for trees, and what the other commands make of its runs.</summary>
public sealed class TrainTreesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public TrainTreesTests()
    {
        _data = _folder["data.jsonl"];
        string sample = Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl");
        File.WriteAllLines(_data, File.ReadLines(sample).Where((_, row) => row % 5 == 0).Select((line, row) =>
            line.Replace("\"labels\":{", FormattableString.Invariant($"\"labels\":{{\"kind\":\"{(line.Contains("\"m-3m\"", StringComparison.Ordinal) ? "cubic" : "other")}\",\"number\":{row % 7}.5,"), StringComparison.Ordinal)).ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Trees_are_trained_exported_measured_and_asked()
    {
        RequireSymmetry();
        ProgramRun train = Train("--task", "kind", "--preset", "claussen", "--json");
        Assert.Equal((0, ""), (train.ExitCode, string.Concat(train.Faults)));
        JsonElement document = train.Json;
        Assert.Equal(("kind", "gbt", "claussen"), (document.GetProperty("task").GetString(), document.GetProperty("model").GetString(), document.GetProperty("preset").GetString()));
        Assert.Equal(10, document.GetProperty("epochs").GetInt32());
        Assert.InRange(document.GetProperty("metrics").GetProperty("best_epoch").GetInt32(), 1, 10);
        Assert.InRange(document.GetProperty("metrics").GetProperty("validation_accuracy").GetDouble(), 0.9, 1); // the space group decides
        Assert.Equal(_folder["run"], document.GetProperty("run").GetString());
        Assert.Equal(11, File.ReadAllLines(_folder["run/metrics.csv"]).Length);

        ProgramRun export = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"]);
        Assert.Equal((0, ""), (export.ExitCode, string.Concat(export.Faults)));
        ModelCard card = ModelCard.Read(_folder["model"]);
        Assert.Equal(("gbt", "claussen", "claussen"), (card.Model, card.Preset, card.Preparation.Descriptors));
        Assert.Equal(10, card.Training.Epochs);

        ProgramRun validation = ProgramRun.Of("evaluate", "--model", _folder["model"], "--data", _data, "--part", "validation", "--json");
        Assert.Equal(0, validation.ExitCode);
        Assert.Equal( // the exported file does as the trees did
            document.GetProperty("metrics").GetProperty("validation_accuracy").GetDouble(),
            validation.Json.GetProperty("metrics").GetProperty("accuracy").GetDouble(),
            1e-6);
        Assert.Equal("test", ProgramRun.Of("evaluate", "--model", _folder["model"], "--data", _data, "--json").Json.GetProperty("part").GetString());

        ProgramRun predict = ProgramRun.Of("predict", Path.Combine(TestData.Examples, "Si.poscar"), "--model", _folder["model"], "--json");
        Assert.Equal(0, predict.ExitCode);
        Assert.Equal("cubic", predict.Json[0].GetProperty("class").GetString());
    }

    [SkippableFact]
    public void A_regression_of_trees_is_measured_as_it_was_trained()
    {
        RequireSymmetry();
        ProgramRun train = Train("--task", "number", "--preset", "claussen", "--json");
        Assert.Equal((0, ""), (train.ExitCode, string.Concat(train.Faults)));
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"]).ExitCode);
        ProgramRun validation = ProgramRun.Of("evaluate", "--model", _folder["model"], "--data", _data, "--part", "validation", "--json");
        Assert.Equal(
            train.Json.GetProperty("metrics").GetProperty("validation_mae").GetDouble(), validation.Json.GetProperty("metrics").GetProperty("mae").GetDouble(), 1e-5);
    }

    [Fact]
    public void A_task_that_asks_for_the_symmetry_gets_descriptors_without_it()
    {
        ProgramRun train = Train("--task", "point-group", "--json");
        Assert.Equal((0, ""), (train.ExitCode, string.Concat(train.Faults)));
        JsonElement options = JsonDocument.Parse(File.ReadAllText(_folder["run/options.json"])).RootElement;
        Assert.Equal("best-no-symmetry", options.GetProperty("trees").GetProperty("descriptors").GetString());
        Assert.False(options.GetProperty("preparation").GetProperty("uses_symmetry").GetBoolean());
    }

    [Fact]
    public void Options_come_from_the_preset_the_file_the_settings_and_the_options_of_the_command()
    {
        string file = _folder.Write("some.json", """{"trees":{"number_of_leaves":6,"learning_rate":0.3,"feature_fraction":0.5}}""");
        ProgramRun run = Train("--task", "point-group", "--options", file, "--set", "feature_fraction=0.9", "--set", "metric_for_best=macro-f1", "--learning-rate", "0.2", "--seed", "5");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        JsonElement trees = JsonDocument.Parse(File.ReadAllText(_folder["run/options.json"])).RootElement.GetProperty("trees");
        Assert.Equal((6, 10, 5), (Whole("number_of_leaves"), Whole("number_of_trees"), Whole("seed")));
        Assert.Equal((0.2, 0.9), (trees.GetProperty("learning_rate").GetDouble(), trees.GetProperty("feature_fraction").GetDouble()));
        Assert.Equal("macro_f1", trees.GetProperty("metric_for_best").GetString());

        int Whole(string name) => trees.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("--epochs is an option of networks: trees have --set number_of_trees=", "--epochs", "3")]
    [InlineData("--resume is an option of networks", "--resume")]
    [InlineData("--device cuda is for networks", "--device", "cuda")]
    [InlineData("expected a preset of best, claussen; found 'paper'", "--preset", "paper")]
    [InlineData("the task point-group asks for the symmetry, which the preset claussen describes", "--preset", "claussen")]
    [InlineData("the task point-group asks for the symmetry: expected descriptors without it (best-no-symmetry), found best", "--set", "descriptors=best")]
    [InlineData("--set: there is no option 'width'; of the trees there are descriptors, number_of_trees", "--set", "width=8")]
    [InlineData("NumberOfLeaves must lie in 2..10,000, found 1.", "--set", "number_of_leaves=1")]
    [InlineData("--set number_of_trees: expected a whole number, found \"many\"", "--set", "number_of_trees=many")]
    public void What_trees_do_not_take_is_wrong_usage_and_nothing_is_written(string expected, params string[] options)
    {
        ProgramRun run = Train(["--task", "point-group", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void A_network_has_no_preset_of_trees()
    {
        ProgramRun run = ProgramRun.Of("train", "--task", "point-group", "--data", _data, "--out", _folder["run"], "--preset", "claussen");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("expected best or paper for the network cgnn, found claussen", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_trees_is_never_overwritten_and_its_export_is_exact()
    {
        Assert.Equal(0, Train("--task", "point-group").ExitCode);
        byte[] trees = File.ReadAllBytes(_folder["run/trees.json"]);
        ProgramRun again = Train("--task", "point-group");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("a folder without a run", Assert.Single(again.Faults), StringComparison.Ordinal);
        Assert.Equal(trees, File.ReadAllBytes(_folder["run/trees.json"]));

        ProgramRun rounded = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"], "--precision", "float16");
        Assert.Equal(2, rounded.ExitCode);
        Assert.Contains("expected float32, found float16", Assert.Single(rounded.Faults), StringComparison.Ordinal);
        ProgramRun portable = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"], "--portable");
        Assert.Equal(2, portable.ExitCode);
        Assert.Contains("expected a network, found gbt", Assert.Single(portable.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_training_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        ProgramRun run = ProgramRun.Of(cancelled.Token, "train", "--model", "gbt", "--task", "point-group", "--data", _data, "--out", _folder["run"]);
        Assert.Equal(130, run.ExitCode);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private static void RequireSymmetry() => Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);

    private ProgramRun Train(params string[] options) => ProgramRun.Of(
        ["train", "--model", "gbt", "--data", _data, "--out", _folder["run"], "--set", "number_of_trees=10", "--set", "minimum_example_count_per_leaf=3", .. options]);
}
