using System.CommandLine;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Pipelines;
using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>sweep</c>: searches the best options of one or all models by AutoML.</summary>
internal static class SweepCommand
{
    private const string AllModels = "all";

    private static readonly Dictionary<string, SelectionMetric> Metrics = new()
    {
        ["accuracy"] = SelectionMetric.Accuracy,
        ["macro-f1"] = SelectionMetric.MacroF1,
        ["loss"] = SelectionMetric.Loss,
    };

    private static readonly Dictionary<string, EarlyStopping> Rules = new()
    {
        ["median"] = EarlyStopping.Median,
        ["halving"] = EarlyStopping.Halving,
        ["none"] = EarlyStopping.None,
    };

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "sweep",
            "Search the best options of a model, or of all models at once, on labelled crystals. The first trial of a model has the options of its preset; " +
            "trials are compared on the validation part, and crystals held back stay so. The best options are a file that 'train --options' takes.",
            "faithful sweep --task tqc --model gbt --data tqc.jsonl.gz --out artifacts/sweeps/gbt --trials 20",
            "faithful sweep --task tqc --model gbt --data tqc.jsonl.gz --out artifacts/sweeps/gbt --trials 40 --resume",
            "faithful sweep --task tqc --model all --data tqc.jsonl.gz --split split.json --out artifacts/sweeps/all --trials 60 --seconds 36000",
            "faithful sweep --task point-group --model nnn --data datasets/sample/sample.jsonl --out artifacts/sweeps/nnn --trials 8 --set epochs=5");
        command.Add(Text("--task", "tqc, tqc-basic, magnetic-ordering, formation-energy, band-gap, point-group, space-group, or a label column", "task"));
        command.Add(Text("--data", "Labelled crystals: any source of crystals with labels", "source"));
        command.Add(Text("--out", "Folder to write: table and plot of the trials, best options, run of the best trial", "folder"));
        command.Add(Choice("--model", "The model, or all of them", "model", [.. SweptModel.Models, AllModels], "gbt"));
        command.Add(Choice("--preset", "The preset to begin with", "preset", [.. NetworkPresets.Presets.Union(TreePresets.Presets)], "best"));
        command.Add(NumberOption.Create("--trials", "Trials to make, those before --resume included", "n", 20, n => n is >= 1 and <= 10_000, "lie in 1..10000"));
        command.Add(NumberOption.Create<int>("--seconds", "Time after which the sweep ends; what runs is gone on with by --resume [default: no limit]", "s", s => s > 0, "be above 0"));
        command.Add(NumberOption.Create("--parallel", "Largest number of trials at a time, as far as memory allows", "n", 1, n => n is >= 1 and <= 64, "lie in 1..64"));
        command.Add(Choice("--early-stopping", "Which trials end early, by the validation curves of others", "rule", [.. Rules.Keys], "median"));
        command.Add(Choice("--metric", "What is to be best on the validation part (accuracy: the mean absolute error of a regression)", "metric", [.. Metrics.Keys], "accuracy"));
        command.Add(new Option<string[]>("--set")
        {
            Description = "One option by the name that options.json has, for every model that has it: set, and not searched; may be repeated",
            HelpName = "name=value",
            DefaultValueFactory = _ => [],
        });
        command.Add(CommonOptions.Device());
        command.Add(NumberOption.Create("--seed", "Seed of the search, of each training and, without --split, of the split", "n", 0, n => n >= 0, "be 0 or more"));
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.Split());
        command.Add(CommonOptions.NoCache());
        command.Add(new Option<bool>("--resume") { Description = "Go on with the sweep in --out" });
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        string model = context.Arguments.GetRequiredValue<string>("--model");
        string[] models = model == AllModels ? [.. SweptModel.Models] : [model];
        var request = new SweepRequest
        {
            Task = context.Arguments.GetRequiredValue<string>("--task"),
            Data = context.Arguments.GetRequiredValue<string>("--data"),
            Labels = context.Arguments.GetValue<string?>(CommonOptions.LabelsName),
            Tasks = CommonOptions.TaskTable(context),
            Split = context.Arguments.GetValue<string?>(CommonOptions.SplitName),
            UsesCache = CommonOptions.UsesCache(context),
            Device = context.Arguments.GetRequiredValue<string>(CommonOptions.DeviceName),
            Seed = context.Arguments.GetRequiredValue<int>("--seed"),
        };
        IReadOnlyList<SweptModel> starts = SweepStarts.Make(
            models, context.Arguments.GetRequiredValue<string>("--preset"), request, context.Arguments.GetRequiredValue<string[]>("--set"));
        var options = new CrystalSweepOptions
        {
            Folder = context.Arguments.GetRequiredValue<string>("--out"),
            Models = models,
            Starts = starts,
            Trials = context.Arguments.GetRequiredValue<int>("--trials"),
            Seconds = context.Arguments.GetValue<int?>("--seconds"),
            Parallel = context.Arguments.GetRequiredValue<int>("--parallel"),
            Stopping = Rules[context.Arguments.GetRequiredValue<string>("--early-stopping")],
            Metric = Metrics[context.Arguments.GetRequiredValue<string>("--metric")],
            Seed = request.Seed,
            Resume = context.Arguments.GetValue<bool>("--resume"),
            Progress = new SweepDisplay(context),
        };
        CrystalSweepResult result = Sweep(context, request, options);
        SweepReport.Write(context, result, request.Data);
        return result.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;
    }

    /// <summary>What is wrong with the folder or the options is said before the crystals are prepared.</summary>
    private static CrystalSweepResult Sweep(CommandContext context, SweepRequest request, CrystalSweepOptions options)
    {
        try
        {
            CrystalSweepCatalog.CheckFolder(options);
            using CancellationTokenRegistration message = context.Cancellation.Register(() => context.Log("ending: the epoch or the trees under way are waited for"));
            using var data = new PackedSweepData(context, request, options.Starts[0]);
            return new MLContext(options.Seed).Auto().SweepCrystals(data, options, context.Cancellation);
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static Option<string> Text(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Required = true,
    };

    private static Option<string> Choice(string name, string description, string helpName, IReadOnlyList<string> choices, string standard)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description}: {string.Join(", ", choices)}",
            HelpName = helpName,
            DefaultValueFactory = _ => standard,
        };
        option.AcceptOnlyFromAmong([.. choices]);
        return option;
    }
}
