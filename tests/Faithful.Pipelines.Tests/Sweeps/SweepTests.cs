using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Pipelines.Tests.Trees;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace Faithful.Pipelines.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_trial_has_the_defaults_and_the_best_one_is_kept()
    {
        CrystalSweepResult result = Run(Options("a") with { Trials = 8, Stopping = EarlyStopping.None });
        Assert.Equal(8, result.Trials.Count);
        Assert.Equal(SyntheticSweepData.Trees.Trees, result.Trials[0].IsDefault ? Model(result, 0).Trees : null);
        Assert.Single(result.Trials, trial => trial.IsDefault);
        Assert.All(result.Trials, trial => Assert.Equal(TrialState.Complete, trial.State));
        Assert.Equal(8, result.Trials.Select(trial => trial.Values.ToJsonString()).Distinct().Count());
        Assert.Equal(result.Trials.Max(trial => trial.Value), result.Best.Value);
        Assert.True(result.BeatsDefaults, $"{result.Best.Value} against {result.Default!.Value}"); // the defaults here are bad ones

        // The run of the best trial is one like any other, of the same options and with the same measurement.
        TreeRunFolder run = TreeRunFolder.Open(result.RunPath);
        Assert.Equal(result.Model.Trees, run.ReadDescription().Trees);
        Assert.Equal(result.Best.Value, run.ReadMeasurements().Last(measurement => measurement.IsBest).ValidationMetric);
        Assert.Equal([Path.GetFileName(result.RunPath)], Directory.GetDirectories(_folder["a/trials"]).Select(Path.GetFileName));
        Assert.Equal(result.Model.ToJson().ToJsonString(), JsonNode.Parse(File.ReadAllText(result.OptionsPath))!.ToJsonString());
    }

    [Fact]
    public void A_resumed_sweep_makes_the_trials_of_one_that_never_stopped()
    {
        CrystalSweepResult whole = Run(Options("whole") with { Trials = 9 });
        Run(Options("parts") with { Trials = 2 });
        using (var cancelled = new CancellationTokenSource())
        {
            // In the middle of the fourth trial.
            CrystalSweepResult part = Run(
                Options("parts") with { Trials = 9, Resume = true, Progress = new When(progress => progress.Trial.Trial == 4, cancelled.Cancel) }, cancellation: cancelled.Token);
            Assert.True(part.Cancelled);
            Assert.Equal(TrialState.Running, part.Trials[^1].State);
        }

        CrystalSweepResult resumed = Run(Options("parts") with { Trials = 9, Resume = true });
        Assert.Equal(Lines(whole), Lines(resumed));
        Assert.Equal(Lines(whole), Lines(Run(Options("parts") with { Trials = 9, Resume = true }))); // nothing is left to do
    }

    [Fact]
    public void A_network_that_was_cut_off_goes_on_from_its_last_epoch()
    {
        using var cancelled = new CancellationTokenSource();
        CrystalSweepOptions options = Networks("nnn") with { Trials = 2, Stopping = EarlyStopping.None };
        CrystalSweepResult whole = Run(Networks("other") with { Trials = 2, Stopping = EarlyStopping.None });
        CrystalSweepResult part = Run(
            options with { Progress = new When(progress => progress.Trial is { Trial: 2, Curve.Length: 2 }, cancelled.Cancel) }, cancellation: cancelled.Token);
        Assert.True(part.Cancelled);
        Assert.Equal(2, File.ReadLines(Path.Combine(_folder["nnn"], "trials", "0002", "metrics.jsonl")).Count());
        CrystalSweepResult resumed = Run(options with { Resume = true });
        Assert.Equal(4, resumed.Trials[1].Curve.Length);
        Assert.Equal(Lines(whole), Lines(resumed));
    }

    [Fact]
    public void Several_models_share_one_search_and_bad_options_fail_alone()
    {
        SweptModel bad = Network("cgnn");
        bad = bad with { Training = bad.Training! with { EdgeBudget = 1 } }; // no crystal fits
        CrystalSweepResult result = Run(Options("all") with { Models = ["cgnn", "gbt", "nnn"], Starts = [bad, SyntheticSweepData.Trees, Network("nnn")], Trials = 5 });
        Assert.Equal(["cgnn", "gbt", "nnn"], result.Trials.Take(3).Select(trial => trial.Model));
        Assert.Equal([true, true, true, false, false], result.Trials.Select(trial => trial.IsDefault));
        Assert.Equal(TrialState.Failed, result.Trials[0].State);
        Assert.Contains("expected a crystal within the", result.Trials[0].Note, StringComparison.Ordinal);
        Assert.NotEqual("cgnn", result.Best.Model);
    }

    [Theory]
    [InlineData(EarlyStopping.Median)]
    [InlineData(EarlyStopping.Halving)]
    public void Bad_trials_end_early_and_never_win(EarlyStopping rule)
    {
        SweptModel good = SyntheticSweepData.Trees with { Trees = SyntheticCrystals.Options };
        CrystalSweepResult result = Run(Options("early") with { Trials = 14, Stopping = rule, Starts = [good] });
        SweepTrial[] stopped = [.. result.Trials.Where(trial => trial.State == TrialState.Stopped)];
        Assert.NotEmpty(stopped);
        Assert.All(stopped, trial => Assert.InRange(trial.Curve[^1].Part, 0.2, 0.5));
        Assert.Equal(TrialState.Complete, result.Best.State);
        Assert.NotEqual(TrialState.Stopped, result.Trials[0].State);
    }

    [Fact]
    public void Trials_at_the_same_time_share_the_budget()
    {
        var data = new SyntheticSweepData(SyntheticCrystals.Classes);
        CrystalSweepResult result = new MLContext(1).Auto().SweepCrystals(data, Options("parallel") with { Trials = 9, Parallel = 3, Stopping = EarlyStopping.None });
        Assert.Equal(Enumerable.Range(1, 9), result.Trials.Select(trial => trial.Trial));
        Assert.All(result.Trials, trial => Assert.Equal(TrialState.Complete, trial.State));
        Assert.InRange(result.TrialsAtOnce, 1, 3);
        Assert.Equal(1, data.Descriptions); // the crystals are prepared once
    }

    [Fact]
    public void A_regression_looks_for_a_small_error()
    {
        CrystalSweepResult result = Run(Options("value") with { Trials = 4 }, new SyntheticSweepData(SyntheticCrystals.Value));
        Assert.Equal(("mae", "eV"), (result.Metric.Name, result.Metric.Unit));
        Assert.Equal(result.Trials.Where(trial => trial.State == TrialState.Complete).Min(trial => trial.Value), result.Best.Value);
        Assert.Contains(
            "found MacroF1",
            Assert.Throws<ArgumentException>(() => Run(Options("f1") with { Metric = SelectionMetric.MacroF1 }, new SyntheticSweepData(SyntheticCrystals.Value))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Table_and_plot_show_every_trial()
    {
        CrystalSweepResult result = Run(Options("files") with { Trials = 5, Metric = SelectionMetric.MacroF1 });
        string[] rows = File.ReadAllLines(result.TablePath);
        Assert.Equal(6, rows.Length);
        Assert.StartsWith("trial,model,is_default,state,value_macro_f1,", rows[0], StringComparison.Ordinal);
        Assert.All(rows, row => Assert.Equal(rows[0].Count(c => c == ','), row.Count(c => c == ',')));
        XDocument plot = XDocument.Load(result.PlotPath);
        XName circle = XName.Get("circle", "http://www.w3.org/2000/svg");
        Assert.Equal(5 * (1 + result.Best.Values.Count), plot.Descendants(circle).Count());
        SweepTrial[] read = [.. File.ReadLines(_folder["files/trials.jsonl"]).Select(line => JsonSerializer.Deserialize<SweepTrial>(line, RunJson.OneLine)!)];
        Assert.Equal(Lines(result), read.Select(Line));
    }

    [Fact]
    public void A_sweep_is_never_overwritten_nor_gone_on_with_on_other_data()
    {
        Run(Options("once") with { Trials = 1 });
        AssertRefused("a folder without a sweep", () => Run(Options("once")));
        AssertRefused("\"data_sha256\": \"synthetic\": the sweep was made otherwise", () => Run(Options("once") with { Resume = true }, new SyntheticSweepData(SyntheticCrystals.Classes, "other")));
        AssertRefused("\"seed\": 1", () => Run(Options("once") with { Resume = true, Seed = 1 }));
        AssertRefused("no such folder", () => Run(Options("never") with { Resume = true }));
        _folder.Write("once/trials.jsonl", "{}\n");
        AssertRefused("trials.jsonl(1): expected trial 1", () => Run(Options("once") with { Resume = true }));
    }

    [Fact]
    public void A_fault_of_the_data_ends_the_sweep()
    {
        var fault = Assert.Throws<LabelFault>(() => Run(Options("fault"), new Faulty()));
        Assert.Equal("no labels", fault.Message);
    }

    [Fact]
    public void What_is_cancelled_before_a_trial_is_complete_is_told_so()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Run(Options("cancelled"), cancellation: cancelled.Token));
        Assert.Equal(2, Run(Options("cancelled") with { Trials = 2, Resume = true }).Trials.Count);
    }

    [Fact]
    public void Every_fault_of_the_options_is_said_at_once() => Assert.Equal(
        [
            "Folder must name a folder, found none.",
            "Models must be of gbt, nnn, cgnn, cann, ccnn, found tree.",
            "Models must name each model once.",
            "Starts must be of the models that are swept.",
            "Trials must lie in 1..10,000, found 0.",
            "Seconds must be above 0, found 0.",
            "Parallel must lie in 1..64, found 65.",
            "Device must be auto, cpu or cuda, found tpu.",
            "Stopping must be one of Median, Halving, None, found 9.",
            "Metric must be one of Accuracy, MacroF1, Loss, found 9.",
        ],
        new CrystalSweepOptions
        {
            Folder = "",
            Models = ["nnn", "tree", "nnn"],
            Starts = [SyntheticSweepData.Trees],
            Trials = 0,
            Seconds = 0,
            Parallel = 65,
            Device = "tpu",
            Stopping = (EarlyStopping)9,
            Metric = (SelectionMetric)9,
        }.Validate());

    private CrystalSweepOptions Options(string folder) => new() { Folder = _folder[folder], Starts = [SyntheticSweepData.Trees] };

    private CrystalSweepOptions Networks(string folder) => new() { Folder = _folder[folder], Models = ["nnn"], Starts = [Network("nnn")] };

    private static SweptModel Network(string model) => new()
    {
        Model = model,
        Network = model == "nnn" ? new NnnOptions { Width = 16, Layers = 1 } : new CgnnOptions { Width = 8, Blocks = 1 },
        Training = new TrainingOptions { Epochs = 4, BatchSize = 16 },
        Fixed = ["width", "layers", "blocks", "radial_functions", "batch_size"],
    };

    private static CrystalSweepResult Run(CrystalSweepOptions options, ISweepData? data = null, CancellationToken cancellation = default) =>
        new MLContext(1).Auto().SweepCrystals(data ?? new SyntheticSweepData(SyntheticCrystals.Classes), options, cancellation);

    private static SweptModel Model(CrystalSweepResult result, int trial) =>
        new SweepSpace(SyntheticSweepData.Trees, result.Task.Kind).Apply(result.Trials[trial].Values);

    private static IEnumerable<string> Lines(CrystalSweepResult result) => result.Trials.Select(Line);

    /// <summary>Everything but how long it took.</summary>
    private static string Line(SweepTrial trial) => JsonSerializer.Serialize(trial with { Seconds = 0 }, RunJson.OneLine);

    private static void AssertRefused(string message, Action run) =>
        Assert.Contains(message, Assert.Throws<RunFolderException>(run).Message, StringComparison.Ordinal);

    private sealed class When(Func<SweepProgress, bool> condition, Action action) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value)
        {
            if (condition(value))
            {
                action();
            }
        }
    }

    private sealed class LabelFault() : Exception("no labels");

    private sealed class Faulty : ISweepData
    {
        public ModelTask Task => SyntheticCrystals.Classes;

        public string Digest => "";

        public SweepParts<DescribedCrystals> Describe(Crystals.Descriptors.DescriptorSet descriptors, CancellationToken cancellation) => throw new LabelFault();

        public SweepParts<ResidentDataset> Load(PreparationOptions preparation, CancellationToken cancellation) => throw new LabelFault();

        public void Dispose()
        {
        }
    }
}
