using System.Text.Json;
using Faithful.Cli.Tables;
using Faithful.Models;
using Faithful.Serving.Tests;

namespace Faithful.Cli.Tests.Tables;

/// <summary>A folder of tables is gone on with by any number of commands, and comes to the same numbers.</summary>
public sealed class TablesResumingTests(TablesData data) : IClassFixture<TablesData>
{
    private static readonly string[] OneCell = ["--task", "point-group", "--models", "nnn", "--presets", "paper"];

    [Fact]
    public void A_second_command_trains_and_measures_nothing()
    {
        Assert.Equal(0, data.Tables("second", OneCell).ExitCode);
        Dictionary<string, DateTime> before = Times("second");
        ProgramRun again = data.Tables("second", OneCell);
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Equal(before, Times("second"));
    }

    [Fact]
    public async Task A_training_that_was_cut_off_goes_on_to_the_same_numbers()
    {
        string[] options = [.. OneCell, "--epochs", "12"];
        using var source = new CancellationTokenSource();
        Task<ProgramRun> cut = Task.Run(() => data.Tables("cut", source.Token, options));
        while (!File.Exists(data["cut/group/point-group/nnn-paper/run/checkpoint.safetensors"]))
        {
            Assert.False(cut.IsCompleted, "the training ended before it could be told to");
            await Task.Delay(2);
        }

        await source.CancelAsync();
        Assert.Equal(130, (await cut).ExitCode);
        Assert.Empty(data.Results("cut"));
        Assert.Equal(0, data.Tables("cut", OneCell.Append("--epochs").Append("12").ToArray()).ExitCode);
        Assert.Equal(0, data.Tables("uncut", options).ExitCode);
        Assert.Equal(Model("uncut"), Model("cut"));
        Assert.Equal(Numbers("uncut"), Numbers("cut"));
    }

    [Fact]
    public void Training_and_measuring_are_stages_that_different_machines_can_do()
    {
        Assert.Equal(0, data.Tables("stages", [.. OneCell, "--only", "train"]).ExitCode);
        Assert.Empty(data.Results("stages"));
        Assert.False(File.Exists(data["stages/tables.md"]));
        byte[] model = Model("stages");
        Directory.Delete(data["stages/group/point-group/nnn-paper/run"], recursive: true); // it may stay where it was trained
        ProgramRun evaluate = data.Tables("stages", [.. OneCell, "--only", "evaluate"]);
        Assert.Equal(0, evaluate.ExitCode);
        Assert.DoesNotContain("training", evaluate.Error, StringComparison.Ordinal);
        Assert.Equal(model, Model("stages"));
        Assert.Single(data.Results("stages"));
        Assert.Equal(0, ProgramRun.Of("tables", "--only", "report", "--out", data["stages"]).ExitCode);
    }

    [Fact]
    public void Options_that_differ_from_those_of_a_cell_are_wrong_usage()
    {
        Assert.Equal(0, data.Tables("options", [.. OneCell, "--only", "train"]).ExitCode);
        AssertUsage("expected 3 epochs, found what was trained with 2 epochs", data.Tables("options", [.. OneCell, "--epochs", "3"]));
        AssertUsage("expected seed 5", data.Tables("options", [.. OneCell, "--seed", "5"]));
    }

    [Fact]
    public void A_cell_of_other_data_or_another_split_is_never_mixed_in()
    {
        string[] simple = ["--task", "tqc", "--models", "baseline"];
        Assert.Equal(0, data.Tables("mixed", simple).ExitCode);
        string result = data["mixed/group/tqc/baseline/result.json"];
        CellResult known = CellResult.TryRead(Path.GetDirectoryName(result)!)!;
        (known with { DataSha256 = new string('0', 64) }).Write(Path.GetDirectoryName(result)!);
        AssertUsage("name another folder", data.Tables("mixed", simple));
        File.WriteAllText(result, "{\"format_version\":1");
        ProgramRun damaged = data.Tables("mixed", simple);
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains(result, damaged.Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_another_process_has_is_passed_over()
    {
        using (CellLock held = CellLock.TryTake(data["shared/group/point-group/nnn-paper"])!)
        {
            Assert.Null(CellLock.TryTake(data["shared/group/point-group/nnn-paper"]));
            ProgramRun run = data.Tables("shared", OneCell);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("another process works on it", run.Error, StringComparison.Ordinal);
            Assert.Empty(data.Results("shared"));
        }

        Assert.Equal(0, data.Tables("shared", OneCell).ExitCode);
        Assert.Single(data.Results("shared"));
    }

    [Fact]
    public void A_model_that_was_trained_before_fills_its_cell_and_no_other()
    {
        Assert.Equal(0, data.Tables("trained", OneCell).ExitCode);
        string model = data["trained/group/point-group/nnn-paper/model"], split = data["trained/group.split.json"];
        string[] given = ["--task", "point-group,tqc", "--split", split, "--only", "evaluate", "--model", model];
        ProgramRun run = data.Tables("given", given);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        Assert.Equal(Numbers("trained"), Numbers("given"));
        JsonElement[] measured = [.. data.Read("given").GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("measured").GetBoolean())];
        Assert.Equal("nnn", Assert.Single(measured, cell => cell.GetProperty("preset").ValueKind == JsonValueKind.String).GetProperty("model").GetString());
        Assert.DoesNotContain("measuring", data.Tables("given", given[..6]).Error, StringComparison.Ordinal); // the folder need not be named again
        Assert.Equal(Numbers("trained"), Numbers("given"));

        AssertUsage("expected one folder for group/point-group/nnn-paper", data.Tables("given", [.. given, data["trained/group/point-group/../point-group/nnn-paper/model"]]));
        ProgramRun other = data.Tables("other", "--task", "point-group", "--models", "nnn", "--presets", "paper", "--splits", "formula", "--only", "evaluate", "--model", model);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("may have seen the held-back crystals", Assert.Single(other.Faults), StringComparison.Ordinal);
        Assert.Empty(data.Results("other"));
    }

    [Fact]
    public void A_constant_model_scores_the_baseline_and_counts_as_fallback_throughout()
    {
        string[] simple = ["--task", "tqc", "--models", "baseline,cgnn", "--presets", "best", "--only", "evaluate"];
        Assert.Equal(0, data.Tables("constant", simple).ExitCode);
        CellResult baseline = CellResult.TryRead(data["constant/group/tqc/baseline"])!;
        TestModels.Export(data["constant-model"], TestModels.Topology, card => card with
        {
            Preparation = card.Preparation with { MaxEdges = 1 }, // too little for any crystal
            Fallback = new FallbackPrediction { ClassFrequencies = Frequencies("constant") },
            Training = card.Training with { SplitSha256 = baseline.SplitSha256 },
        });
        ProgramRun run = data.Tables("constant", [.. simple, "--model", data["constant-model"]]);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        CellResult constant = CellResult.TryRead(data["constant/group/tqc/cgnn-best"])!;
        Assert.Equal((baseline.Value, baseline.Count), (constant.Value, constant.Fallbacks));
        Assert.Equal(baseline.Intervals["accuracy"], constant.Intervals["accuracy"]);
    }

    [Fact]
    public void Without_an_ensemble_the_cell_is_the_mean_of_single_models_and_follows_them()
    {
        string[] cells = ["--task", "point-group", "--models", "gbt,nnn,ensemble", "--presets", "best"];
        Assert.Equal(0, data.Tables("mean", cells).ExitCode);
        CellResult mean = CellResult.TryRead(data["mean/group/point-group/ensemble"])!;
        Assert.True(mean.IsPlainMean);
        Assert.Equal(["group/point-group/gbt-best", "group/point-group/nnn-best"], mean.Members.Order());
        ProgramRun evaluate = ProgramRun.Of(
            "evaluate", "--model", data["mean/group/point-group/gbt-best/model"], "--model", data["mean/group/point-group/nnn-best/model"],
            "--data", data.Source, "--split", data["mean/group.split.json"], "--device", "cpu", "--json");
        Assert.Equal(evaluate.Json[2].GetProperty("metrics").GetProperty("accuracy").GetDouble(), mean.Value, 1e-6);
        Assert.Equal(evaluate.Json[2].GetProperty("metrics").GetProperty("log_loss").GetDouble(), mean.Metrics["log_loss"], 1e-5);
        Assert.Equal("", data.Tables("mean", cells).Error);
    }

    [Fact]
    public void Other_splits_have_folders_files_and_numbers_of_their_own()
    {
        string[] cells = ["--task", "tqc", "--models", "baseline,nnn", "--presets", "paper", "--splits", "group,formula,prototype"];
        Assert.Equal(0, data.Tables("splits", cells).ExitCode);
        Assert.Equal(["group", "formula", "prototype"], data.Read("splits").GetProperty("splits").EnumerateArray().Select(split => split.GetString()));
        foreach (string split in new[] { "formula", "prototype" })
        {
            Datasets.SplitFile file = Datasets.SplitFile.Read(data[$"splits/{split}.split.json"]);
            Assert.Equal(split, Datasets.SplitKinds.NameOf(file.Options!.Kind));
            CellResult result = CellResult.TryRead(data[$"splits/{split}/tqc/nnn-paper"])!;
            Assert.Equal((file.Digest, file.Test.Length), (result.SplitSha256, result.Count));
            Assert.Equal(file.Digest, ModelCard.Read(data[$"splits/{split}/tqc/nnn-paper/model"]).Training.SplitSha256);
            Assert.Contains($"--kind {split} --validation 0.05", result.Commands[0], StringComparison.Ordinal);
        }

        Assert.Contains("### Other splits: TQC advanced, accuracy", File.ReadAllText(data["splits/tables.md"]), StringComparison.Ordinal);
        AssertUsage("expected group, which", data.Tables("splits", [.. cells[..^1], "formula", "--split", data["splits/group.split.json"]]));
    }

    [Fact]
    public void An_ensemble_that_was_fitted_before_takes_the_place_of_the_mean()
    {
        string[] cells = ["--task", "point-group", "--models", "gbt,nnn,ensemble", "--presets", "best"];
        Assert.Equal(0, data.Tables("fitted", cells).ExitCode);
        string[] models = ["--model", data["fitted/group/point-group/gbt-best/model"], "--model", data["fitted/group/point-group/nnn-best/model"]];
        string[] source = ["--data", data.Source, "--split", data["fitted/group.split.json"], "--device", "cpu"];
        Assert.Equal(0, ProgramRun.Of(["ensemble", .. models, .. source, "--out", data["fitted-ensemble"]]).ExitCode);
        Assert.Equal(0, data.Tables("fitted", [.. cells, "--model", data["fitted-ensemble"]]).ExitCode);
        CellResult result = CellResult.TryRead(data["fitted/group/point-group/ensemble"])!;
        Assert.False(result.IsPlainMean);
        ProgramRun evaluate = ProgramRun.Of(["evaluate", "--model", data["fitted-ensemble"], .. source, "--json"]);
        Assert.Equal(evaluate.Json.GetProperty("metrics").GetProperty("log_loss").GetDouble(), result.Metrics["log_loss"], 1e-6);
        Assert.Contains("faithful ensemble ", result.Commands[^2], StringComparison.Ordinal);
        Assert.Equal("", data.Tables("fitted", cells).Error);
        Assert.False(CellResult.TryRead(data["fitted/group/point-group/ensemble"])!.IsPlainMean);
    }

    private double[] Frequencies(string folder)
    {
        // The majority class of the training part, as certain.
        Datasets.SplitFile split = Datasets.SplitFile.Read(data[$"{folder}/group.split.json"]);
        Dictionary<string, string> classes = File.ReadLines(data.Source).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(crystal => crystal.GetProperty("id").GetString()!, crystal => crystal.GetProperty("labels").GetProperty("tqc").GetString()!);
        string majority = split.Training.Select(id => classes[id]).CountBy(name => name).MaxBy(pair => pair.Value).Key;
        return [.. TestModels.Topology.Classes.Select(name => name == majority ? 1.0 : 0)];
    }

    private static void AssertUsage(string expected, ProgramRun run)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    private byte[] Model(string folder) => File.ReadAllBytes(data[$"{folder}/group/point-group/nnn-paper/model/{ModelCard.ModelFileName}"]);

    private string Numbers(string folder)
    {
        CellResult result = CellResult.TryRead(data[$"{folder}/group/point-group/nnn-paper"])!;
        return string.Join(" ", (double[])[.. result.Metrics.Values, .. result.Intervals["accuracy"], result.Count]);
    }

    private Dictionary<string, DateTime> Times(string folder) => Directory.EnumerateFiles(data[folder], "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith("tables.", StringComparison.Ordinal) && Path.GetFileName(file) != "lock")
        .ToDictionary(file => file, File.GetLastWriteTimeUtc);
}
