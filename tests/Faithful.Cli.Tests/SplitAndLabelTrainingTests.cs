using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Training and evaluation with split files, labels and tasks that a user brings.</summary>
public sealed class SplitAndLabelTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public SplitAndLabelTrainingTests()
    {
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(100));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_of_a_split_file_is_measured_with_that_file_only()
    {
        Split("first.json", "0");
        Split("other.json", "1");
        Train(_data, "run", "--split", _folder["first.json"]);
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"]).ExitCode);
        SplitFile file = SplitFile.Read(_folder["first.json"]);
        TrainingSummary training = ModelCard.Read(_folder["model"]).Training;
        Assert.Equal((file.Digest, "prototype", file.Training.Length), (training.SplitSha256, training.SplitKind, training.Crystals));
        Assert.Equal(file.Test.Length / 100.0, training.TestFraction, 1e-6);
        Assert.Contains("`prototype`", File.ReadAllText(_folder["model/README.md"]), StringComparison.Ordinal);

        ProgramRun named = Evaluate("--split", _folder["first.json"]);
        Assert.Equal(("test", file.Test.Length), (named.Json.GetProperty("part").GetString(), named.Json.GetProperty("n").GetInt32()));
        Assert.Equal(file.Training.Length, Evaluate("--split", _folder["first.json"], "--part", "train").Json.GetProperty("n").GetInt32());
        Assert.Equal(100, Evaluate("--part", "all").Json.GetProperty("n").GetInt32());

        // Nothing that the model was trained on may pass for held back.
        AssertRefused(Evaluate(), "--split");
        AssertRefused(Evaluate("--split", _folder["other.json"]), "another split");
        Assert.Equal(100, Evaluate("--split", _folder["other.json"], "--part", "all").Json.GetProperty("n").GetInt32());
    }

    [Fact]
    public void A_split_file_that_does_not_fit_ends_training_before_it_begins()
    {
        Split("split.json", "0");
        string all = File.ReadAllText(_folder["split.json"]);
        string id = SplitFile.Read(_folder["split.json"]).Training[0];
        AssertFails($"none for {id}", all.Replace($"\"{id}\"", "\"nobody\"", StringComparison.Ordinal));
        AssertFails("nobody, which the data does not have", all.Replace($"\"{id}\"", $"\"{id}\", \"nobody\"", StringComparison.Ordinal));
        AssertFails("no group of the kind chemical-system in two parts", all.Replace("\"prototype\"", "\"chemical-system\"", StringComparison.Ordinal));
        AssertFails("JSON", all[..200]);

        void AssertFails(string message, string text)
        {
            ProgramRun run = ProgramRun.Of(TrainArguments(_data, "run", "--split", _folder.Write("bad.json", text)));
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(message, Assert.Single(run.Faults), StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder["run"]));
        }
    }

    [Fact]
    public void Labels_of_a_file_train_the_same_network_as_labels_with_the_crystals()
    {
        (string bare, string labels) = TakeLabelsOut("bare.jsonl", "labels.csv");
        Train(_data, "own");
        Train(bare, "joined", "--labels", labels);
        Assert.Equal(Parameters("own"), Parameters("joined"));

        // The same file, found in the folder of the crystals.
        (string inFolder, _) = TakeLabelsOut("crystals/bare.jsonl", "crystals/labels.csv");
        ProgramRun found = Train(Path.GetDirectoryName(inFolder)!, "found");
        Assert.Contains("point_group, prototype, space_group joined to 100 crystals", found.Error, StringComparison.Ordinal);
        Assert.Equal(Parameters("own"), Parameters("found"));

        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["joined"], "--out", _folder["model"]).ExitCode);
        string[] evaluate = ["evaluate", "--model", _folder["model"], "--data", bare, "--json"];
        Assert.Equal("test", ProgramRun.Of([.. evaluate, "--labels", labels]).Json.GetProperty("part").GetString());
        ProgramRun without = ProgramRun.Of(evaluate);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("no labels at all", Assert.Single(without.Faults), StringComparison.Ordinal);

        string changed = File.ReadAllText(labels).Replace("m-3m", "mmm", StringComparison.Ordinal);
        ProgramRun conflict = ProgramRun.Of("evaluate", "--model", _folder["model"], "--data", _data, "--labels", _folder.Write("changed.csv", changed), "--json");
        Assert.Equal(1, conflict.ExitCode);
        Assert.NotEmpty(conflict.Faults);
        Assert.Equal(100 - conflict.Faults.Length, conflict.Json.GetProperty("n").GetInt32());
    }

    [Fact]
    public void A_task_of_a_file_is_trained_in_its_classes()
    {
        string tasks = _folder.Write("tasks.json", """
            {"tasks":[{"name":"centring","column":"centred","kind":"classification","classes":["no","yes"],"labels":{"no":["P"],"yes":["F","I"]}}]}
            """);
        string labels = _folder.Write("centring.csv", "id,centred\n" + string.Concat(Ids().Select((id, row) => $"{id},{"PFI"[row % 3]}\n")));
        ProgramRun run = ProgramRun.Of("train", "--task", "centring", "--data", _data, "--labels", labels, "--tasks", tasks, "--out", _folder["run"], "--epochs", "1", "--json");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        Assert.Equal("centring", run.Json.GetProperty("task").GetString());
        Assert.Contains("\"yes\"", File.ReadAllText(_folder["run/options.json"]), StringComparison.Ordinal);
    }

    private static void AssertRefused(ProgramRun run, string message)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private string[] Ids() => [.. File.ReadLines(_data).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];

    private (string Source, string Labels) TakeLabelsOut(string source, string labels)
    {
        LabelTable.Write(
            _folder.Write(labels, ""), Faithful.Crystals.Formats.CrystalSource.Read(_data).Select(result => result.GetRecordOrThrow()));
        return (_folder.Write(source, string.Concat(File.ReadLines(_data).Select(line => Regex.Replace(line, ",\"labels\":\\{[^}]*\\}", "") + "\n"))), _folder[labels]);
    }

    private void Split(string name, string seed) => Assert.Equal(
        0, ProgramRun.Of("dataset", "split", _data, "--kind", "prototype", "--seed", seed, "--validation", "0.2", "--out", _folder[name]).ExitCode);

    private ProgramRun Train(string data, string run, params string[] more)
    {
        ProgramRun result = ProgramRun.Of(TrainArguments(data, run, more));
        Assert.Equal((0, ""), (result.ExitCode, string.Concat(result.Faults)));
        return result;
    }

    /// <summary>Without dropout: libtorch has one source of random numbers a process, and other tests train at the same time.</summary>
    private string[] TrainArguments(string data, string run, params string[] more) =>
    [
        "train", "--task", "point-group", "--data", data, "--out", _folder[run], "--device", "cpu", "--epochs", "1", "--batch-size", "32",
        "--set", "dropout=0", .. more,
    ];

    private byte[] Parameters(string run) => File.ReadAllBytes(Path.Combine(_folder[run], "best.safetensors"));

    private ProgramRun Evaluate(params string[] more) =>
        ProgramRun.Of(["evaluate", "--model", _folder["model"], "--data", _data, "--device", "cpu", "--json", .. more]);
}
