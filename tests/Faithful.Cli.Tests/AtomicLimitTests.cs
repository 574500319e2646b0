using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Training with expanded crystals, which have the class of the atomic limit.</summary>
public sealed class AtomicLimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly string _tasks;

    public AtomicLimitTests()
    {
        // The first hundred have a label, and far apart they are "even".
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(130).Select((line, row) => Regex.Replace(
            line, "\"labels\":\\{", row < 100 ? $"\"labels\":{{\"parity\":\"{(row % 2 == 0 ? "even" : "odd")}\"," : "\"labels\":{")));
        _tasks = _folder.Write(
            "tasks.json", """{"tasks":[{"name":"evenness","column":"parity","kind":"classification","classes":["odd","even"],"atomic_limit":"even"}]}""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_share_of_the_training_part_is_learned_expanded_and_the_card_says_so()
    {
        ProgramRun plain = Train("plain"), run = Train("run", "--atomic-limit", "0.5");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"]).ExitCode);
        TrainingSummary training = ModelCard.Read(_folder["model"]).Training;
        AtomicLimitSummary limit = training.AtomicLimit!;
        Assert.Equal((int)Math.Ceiling(0.5 * training.Crystals), limit.Crystals);
        Assert.Equal(("even", 2.0, 4.0), (limit.Class, limit.SmallestFactor, limit.LargestFactor));
        Assert.Contains("the atomic limit", File.ReadAllText(_folder["model/README.md"]), StringComparison.Ordinal);
        Assert.Contains($"{limit.Crystals} more crystals are expanded", run.Error, StringComparison.Ordinal);

        // Other parts stay as they are, and so does the number of crystals of the training part.
        string parts = Assert.Single(plain.ErrorLines, line => line.StartsWith("training nnn", StringComparison.Ordinal));
        Assert.Contains(parts, run.ErrorLines);
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["plain"], "--out", _folder["model"]).ExitCode);
        Assert.Null(ModelCard.Read(_folder["model"]).Training.AtomicLimit);

        // The run is one of its own: it goes on only as it was begun.
        Assert.Equal(0, Train("run", "--atomic-limit", "0.5", "--resume").ExitCode);
        Assert.Equal(1, Train("run", "--resume").ExitCode);
    }

    [Fact]
    public void It_goes_together_with_the_answers_of_other_models()
    {
        string[] ids = [.. File.ReadLines(_data).Skip(100).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
        string soft = _folder.Write("soft.csv", "id,odd,even\n" + string.Concat(ids.Select(id => $"{id},0.3,0.7\n")));
        ProgramRun run = Train("run", "--atomic-limit", "1.5", "--soft-labels", soft);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        TrainingSummary training = JsonDocument.Parse(File.ReadAllText(_folder["run/options.json"])).RootElement.GetProperty("data")
            .Deserialize<TrainingSummary>(Networks.Training.RunJson.OneLine)!;
        Assert.Equal((int)Math.Ceiling(1.5 * (training.Crystals + training.SoftLabels!.Crystals)), training.AtomicLimit!.Crystals);
    }

    [Fact]
    public void Trees_learn_it_too()
    {
        string[] train = ["train", "--task", "evenness", "--tasks", _tasks, "--data", _data, "--model", "gbt", "--set", "number_of_trees=8", "--set", "number_of_leaves=4"];
        Assert.Equal(0, ProgramRun.Of([.. train, "--out", _folder["plain"]]).ExitCode);
        ProgramRun run = ProgramRun.Of([.. train, "--out", _folder["run"], "--atomic-limit", "1"]);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        foreach (string name in new[] { "plain", "run" })
        {
            Assert.Equal(0, ProgramRun.Of("export", "--run", _folder[name], "--out", _folder[$"{name}-model"]).ExitCode);
        }

        TrainingSummary training = ModelCard.Read(_folder["run-model"]).Training;
        Assert.Equal((training.Crystals, "even"), (training.AtomicLimit!.Crystals, training.AtomicLimit.Class));
        JsonElement[] models =
        [
            .. ProgramRun.Of("expand", _data, "--tasks", _tasks, "--model", _folder["plain-model"], "--model", _folder["run-model"], "--steps", "2", "--json").Json
                .GetProperty("models").EnumerateArray(),
        ];
        double[] trivial = [.. models.Select(model => model.GetProperty("all").GetProperty("trivial")[1].GetDouble())];
        Assert.InRange(trivial[1], 0.99, 1);
        Assert.InRange(trivial[0], 0, 0.9);
    }

    [Fact]
    public void A_task_without_such_a_class_refuses_it()
    {
        ProgramRun run = ProgramRun.Of("train", "--task", "point-group", "--data", _data, "--out", _folder["run"], "--atomic-limit", "0.5", "--model", "nnn");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no class for the atomic limit", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private ProgramRun Train(string run, params string[] more) => ProgramRun.Of(
    [
        "train", "--task", "evenness", "--tasks", _tasks, "--data", _data, "--out", _folder[run], "--model", "nnn", "--device", "cpu", "--epochs", "1",
        "--batch-size", "32", "--set", "dropout=0", "--set", "width=16", .. more,
    ]);
}
