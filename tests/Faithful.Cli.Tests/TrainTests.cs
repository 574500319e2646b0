using System.Security.Cryptography;
using System.Text.Json;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>From labelled crystals to predictions, through the commands that a user types.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public TrainTests()
    {
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(150));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_export_evaluate_and_predict_work_on_each_others_results()
    {
        ProgramRun train = Train("--epochs", "2", "--json");
        Assert.Equal((0, ""), (train.ExitCode, string.Concat(train.Faults)));
        Assert.Equal("point-group", train.Json.GetProperty("task").GetString());
        Assert.Equal("cgnn", train.Json.GetProperty("model").GetString());
        Assert.Equal("best", train.Json.GetProperty("preset").GetString());
        Assert.Equal(2, train.Json.GetProperty("epochs").GetInt32());
        Assert.InRange(train.Json.GetProperty("crystals").GetInt32(), 100, 140);
        Assert.True(train.Json.GetProperty("structures_per_second").GetDouble() > 0);
        Assert.InRange(train.Json.GetProperty("metrics").GetProperty("validation_accuracy").GetDouble(), 0, 1);
        Assert.Equal(_folder["run"], train.Json.GetProperty("run").GetString());

        ProgramRun export = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"], "--json");
        Assert.Equal(0, export.ExitCode);
        Assert.Equal(ModelCard.Read(_folder["model"]).ModelSha256, export.Json.GetProperty("sha256").GetString());

        ProgramRun half = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["half"], "--precision", "float16", "--json");
        Assert.Equal("float16", half.Json.GetProperty("weights").GetString());
        Assert.Equal(WeightFormat.Float16, ModelCard.Read(_folder["half"]).Weights);
        Assert.InRange(half.Json.GetProperty("bytes").GetInt64(), 1, 2 * export.Json.GetProperty("bytes").GetInt64() / 3);
        Assert.True(ModelCard.Read(_folder["half"]).Rounding is { Crystals: > 100, Largest: > 0, Mean: > 0 } rounding && rounding.Mean <= rounding.Largest);
        Assert.Equal(0, ProgramRun.Of("predict", TestData.Examples, "--model", _folder["half"], "--json").ExitCode);

        // The portable variant stands beside the model, named in the card with its hash, and goes with the next export without.
        Assert.Equal(JsonValueKind.Null, half.Json.GetProperty("portable_sha256").ValueKind);
        ProgramRun portable = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["half"], "--portable", "--json");
        string file = _folder[$"half/{ModelCard.PortableFileName}"];
        string digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        Assert.Equal((digest, digest), (portable.Json.GetProperty("portable_sha256").GetString(), ModelCard.Read(_folder["half"]).PortableSha256));
        Assert.Contains(ModelCard.PortableFileName, File.ReadAllText(_folder["half/README.md"]), StringComparison.Ordinal);
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["half"]).ExitCode);
        Assert.False(File.Exists(file));
        Assert.Null(ModelCard.Read(_folder["half"]).PortableSha256);

        ProgramRun evaluate = ProgramRun.Of("evaluate", "--model", _folder["model"], "--data", _data, "--json");
        Assert.Equal(0, evaluate.ExitCode);
        Assert.Equal("test", evaluate.Json.GetProperty("part").GetString());
        Assert.Equal(0, evaluate.Json.GetProperty("fallback").GetInt32());

        // The run is known as that of this model, and its epochs are the learning curve of the report.
        string report = _folder["report.html"];
        Assert.Equal(0, ProgramRun.Of("evaluate", "--model", _folder["model"], "--data", _data, "--report", report, "--run", _folder["run"]).ExitCode);
        Assert.Contains("Learning curve", File.ReadAllText(report), StringComparison.Ordinal);
        string pretrained = Path.Combine(TestData.RepositoryRoot, "onnx", "cgnn-tqc");
        ProgramRun other = ProgramRun.Of("evaluate", "--model", pretrained, "--data", _data, "--report", report, "--run", _folder["run"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("was exported from this run", Assert.Single(other.Faults), StringComparison.Ordinal);

        ProgramRun predict = ProgramRun.Of("predict", TestData.Examples, "--model", _folder["model"], "--json");
        Assert.Equal(0, predict.ExitCode);
        foreach (JsonElement prediction in predict.Json.EnumerateArray())
        {
            double sum = prediction.GetProperty("probabilities").EnumerateObject().Sum(probability => probability.Value.GetDouble());
            Assert.Equal(1, sum, 1e-4);
        }
    }

    [Fact]
    public void A_run_can_start_from_another_one_of_another_task()
    {
        Assert.Equal(0, Train("--epochs", "1").ExitCode);
        ProgramRun after = ProgramRun.Of(
            "train", "--task", "space-group", "--data", _data, "--out", _folder["after"], "--device", "cpu", "--epochs", "1", "--start-from", _folder["run"]);
        Assert.Equal(0, after.ExitCode);
        Assert.Contains(after.ErrorLines, line => line.Contains("starting from", StringComparison.Ordinal));
        Assert.Contains(after.ErrorLines, line => line.Contains("warning", StringComparison.Ordinal)); // no split file says what was seen before
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["after"], "--out", _folder["model"]).ExitCode);
        Pretraining step = Assert.Single(ModelCard.Read(_folder["model"]).Training.Pretraining!);
        Assert.Equal(("point-group", 1), (step.Task, step.Epoch));

        ProgramRun nothing = ProgramRun.Of(
            "train", "--task", "space-group", "--data", _data, "--out", _folder["never"], "--device", "cpu", "--start-from", _folder["nowhere"]);
        Assert.NotEqual(0, nothing.ExitCode);
        Assert.Contains("nowhere", Assert.Single(nothing.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_resumed_only_as_it_was_begun_and_never_overwritten()
    {
        Assert.Equal(0, Train("--epochs", "1").ExitCode);
        byte[] before = File.ReadAllBytes(Path.Combine(_folder["run"], "checkpoint.safetensors"));

        ProgramRun again = Train("--epochs", "1");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--resume", Assert.Single(again.Faults), StringComparison.Ordinal);

        ProgramRun otherwise = Train("--epochs", "1", "--seed", "7", "--resume");
        Assert.Equal(1, otherwise.ExitCode);
        Assert.Contains("options.json", Assert.Single(otherwise.Faults), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder["run"], "checkpoint.safetensors")));

        Assert.Equal(0, Train("--epochs", "1", "--resume").ExitCode); // nothing left to do
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder["run"], "checkpoint.safetensors")));
    }

    [Fact]
    public void The_cache_changes_nothing_but_the_time_until_training_begins()
    {
        byte[][] parameters = [.. new[] { (string[])["--no-cache"], [], [] }.Select((options, i) =>
        {
            // Without dropout: libtorch has one source of random numbers a process, and other tests train at the same time.
            string[] arguments = [.. TrainArguments(["--epochs", "1", "--set", "dropout=0", .. options])];
            arguments[Array.IndexOf(arguments, _folder["run"])] = _folder[$"run{i}"];
            Assert.Equal(0, ProgramRun.Of(arguments).ExitCode);
            return File.ReadAllBytes(Path.Combine(_folder[$"run{i}"], "checkpoint.safetensors"));
        })];
        Assert.Equal(parameters[0], parameters[1]);
        Assert.Equal(parameters[0], parameters[2]);

        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run0"], "--out", _folder["model"]).ExitCode);
        string[] evaluate = ["evaluate", "--model", _folder["model"], "--data", _data, "--part", "all", "--json"];
        Assert.Equal(ProgramRun.Of([.. evaluate, "--no-cache"]).Output, ProgramRun.Of(evaluate).Output);
    }

    [Fact]
    public void A_cancelled_run_can_be_resumed()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        ProgramRun run = ProgramRun.Of(cancelled.Token, TrainArguments("--epochs", "1"));
        Assert.Equal(130, run.ExitCode);
    }

    [Theory]
    [InlineData("tqc", "expected at least one label")]
    [InlineData("nothing", "expected at least one label")]
    public void A_column_that_is_not_there_is_one_clear_line(string task, string expected)
    {
        ProgramRun run = ProgramRun.Of("train", "--task", task, "--data", _data, "--out", _folder["run"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void A_task_with_one_class_has_nothing_to_learn()
    {
        File.WriteAllLines(_data, File.ReadLines(_data).Select(line => line.Replace("\"labels\":{", "\"labels\":{\"same\":\"yes\",", StringComparison.Ordinal)).ToArray());
        ProgramRun run = ProgramRun.Of("train", "--task", "same", "--data", _data, "--out", _folder["run"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("at least two classes", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_regression_trains_exports_and_predicts_in_its_unit()
    {
        // A number that the structure determines: 0.1 eV/atom for every atom of the cell.
        File.WriteAllLines(_data, File.ReadLines(_data).Select(line =>
        {
            int atoms = JsonDocument.Parse(line).RootElement.GetProperty("species").GetArrayLength();
            return line.Replace("\"labels\":{", FormattableString.Invariant($"\"labels\":{{\"formation_energy_per_atom\":{-0.1 * atoms},"), StringComparison.Ordinal);
        }).ToArray());
        ProgramRun train = ProgramRun.Of("train", "--task", "formation-energy", "--data", _data, "--out", _folder["run"], "--epochs", "1", "--json");
        Assert.Equal((0, ""), (train.ExitCode, string.Concat(train.Faults)));
        Assert.True(train.Json.GetProperty("metrics").GetProperty("validation_mae").GetDouble() > 0);
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"]).ExitCode);
        JsonElement prediction = ProgramRun.Of("predict", Path.Combine(TestData.Examples, "Si.poscar"), "--model", _folder["model"], "--json").Json[0];
        Assert.InRange(prediction.GetProperty("value").GetDouble(), -10, 10);
        Assert.Equal("formation-energy", prediction.GetProperty("task").GetString());
    }

    [Fact]
    public void Export_of_a_folder_that_is_no_run_is_one_clear_line()
    {
        ProgramRun run = ProgramRun.Of("export", "--run", _folder["missing"], "--out", _folder["model"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("expected a run folder", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["model"]));
    }

    private ProgramRun Train(params string[] options) => ProgramRun.Of(TrainArguments(options));

    private string[] TrainArguments(params string[] options) =>
        ["train", "--task", "point-group", "--data", _data, "--out", _folder["run"], "--device", "cpu", .. options];
}
