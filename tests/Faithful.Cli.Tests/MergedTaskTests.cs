using System.Text.Json;
using Faithful.Crystals.Symmetry;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>The option <c>export --as</c>: one training answers a coarser task as well.</summary>
public sealed class MergedTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly string _tasks;

    public MergedTaskTests()
    {
        _data = _folder["data.jsonl"];
        string sample = Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl");
        File.WriteAllLines(_data, File.ReadLines(sample).Where((_, row) => row % 5 == 0).Select(line => line.Replace(
            "\"labels\":{", $"\"labels\":{{\"size\":\"{(line.Length < 300 ? "small" : line.Length < 400 ? "middle" : "large")}\",", StringComparison.Ordinal)));
        _tasks = _folder["tasks.json"];
        File.WriteAllText(_tasks, """
            {"tasks":[
              {"name":"is-small","column":"size","kind":"classification","classes":["yes","no"],"labels":{"yes":["small"],"no":["middle","large"]}},
              {"name":"blind","column":"size","kind":"classification","classes":["yes","no"],"labels":{"yes":["small"],"no":["middle","large"]},"uses_symmetry":false},
              {"name":"renamed","column":"size","kind":"classification","classes":["1","2","3"],"labels":{"1":["small"],"2":["middle"],"3":["large"]}}
            ]}
            """);
    }

    public void Dispose() => _folder.Dispose();

    private void Train()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        ProgramRun train = ProgramRun.Of(
            "train", "--task", "size", "--model", "nnn", "--data", _data, "--out", _folder["run"], "--epochs", "2", "--device", "cpu", "--set", "width=16");
        Assert.Equal((0, ""), (train.ExitCode, string.Concat(train.Faults)));
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["finer"]).ExitCode);
    }

    [SkippableFact]
    public void Probabilities_are_sums_and_the_new_task_is_measured()
    {
        Train();
        ProgramRun export = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["coarser"], "--as", "is-small", "--tasks", _tasks);
        Assert.Equal((0, ""), (export.ExitCode, string.Concat(export.Faults)));
        ModelCard finer = ModelCard.Read(_folder["finer"]), coarser = ModelCard.Read(_folder["coarser"]);
        Assert.Equal(("is-small", "size"), (coarser.Task.Name, coarser.MergedFrom!.Task));
        Assert.Equal(1, coarser.Fallback.ClassFrequencies.Sum(), 1e-8);
        Assert.Null(coarser.Calibration);
        Assert.Empty(coarser.Metrics);
        Assert.NotEmpty(finer.Metrics);
        Assert.Contains("no = ", File.ReadAllText(_folder["coarser/README.md"]), StringComparison.Ordinal);

        // The calibration of the finer model moves its probabilities, so they are compared as the file gives them.
        File.WriteAllText(_folder["finer/card.json"], (finer with { Calibration = null }).ToJson());
        ProgramRun predict = ProgramRun.Of("predict", TestData.Examples, "--model", _folder["finer"], "--model", _folder["coarser"], "--device", "cpu", "--json");
        Assert.Equal(0, predict.ExitCode);
        Assert.All(predict.Json.EnumerateArray().ToArray().Chunk(2), pair =>
        {
            (JsonElement parts, JsonElement sum) = (pair[0].GetProperty("probabilities"), pair[1].GetProperty("probabilities"));
            Assert.Equal(parts.GetProperty("small").GetDouble(), sum.GetProperty("yes").GetDouble(), 1e-5);
            Assert.Equal(parts.GetProperty("middle").GetDouble() + parts.GetProperty("large").GetDouble(), sum.GetProperty("no").GetDouble(), 1e-5);
        });

        string[] evaluate = ["evaluate", "--data", _data, "--device", "cpu", "--json", "--model"];
        double fine = Accuracy(ProgramRun.Of([.. evaluate, _folder["finer"]]));
        double coarse = Accuracy(ProgramRun.Of([.. evaluate, _folder["coarser"], "--tasks", _tasks]));
        Assert.InRange(coarse, fine - 0.2, 1); // fewer classes to mistake; the largest sum need not be that of the largest part
        Assert.Equal(0, ProgramRun.Of("calibrate", "--model", _folder["coarser"], "--data", _data, "--tasks", _tasks, "--device", "cpu").ExitCode);
        Assert.NotNull(ModelCard.Read(_folder["coarser"]).Calibration);

        static double Accuracy(ProgramRun run)
        {
            Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
            return run.Json.GetProperty("metrics").GetProperty("accuracy").GetDouble();
        }
    }

    [SkippableTheory]
    [InlineData("blind", "without the symmetry")]
    [InlineData("renamed", "merges the classes of size")]
    [InlineData("tqc-basic", "merges the classes of size")]
    [InlineData("formation-energy", "one of numbers")]
    public void A_task_that_does_not_merge_these_classes_is_refused(string task, string what)
    {
        Train();
        ProgramRun export = ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["other"], "--as", task, "--tasks", _tasks);
        Assert.Equal(2, export.ExitCode);
        Assert.Contains(what, string.Concat(export.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["other"]));
    }
}
