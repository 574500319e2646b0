using System.CommandLine;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Pipelines;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>train</c>: a network or trees on a labelled data set.</summary>
internal static class TrainCommand
{
    private const string OfThePreset = "[default: that of the preset]";

    /// <summary>The precisions by the words of the command line.</summary>
    internal static readonly Dictionary<string, ComputePrecision> Precisions = new()
    {
        ["float32"] = ComputePrecision.Float32,
        ["tf32"] = ComputePrecision.TensorFloat32,
        ["bfloat16"] = ComputePrecision.BFloat16,
    };

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "train",
            "Train a network, or trees on descriptors (gbt), on labelled crystals. A tenth of the crystals is held back for 'evaluate', a tenth chooses " +
            "the epoch, or how many trees; crystals of one formula and space group are never divided between these parts. 'dataset split' makes other splits.",
            "faithful train --task point-group --data datasets/sample/sample.jsonl --out artifacts/runs/first",
            "faithful train --task tqc --data tqc.jsonl.gz --out artifacts/runs/trees --model gbt",
            "faithful train --task tqc --data tqc.jsonl.gz --out artifacts/runs/tqc --epochs 20",
            "faithful train --task tqc --data tqc.jsonl.gz --out artifacts/runs/tqc --epochs 20 --resume",
            "faithful train --task tqc --data tqc.jsonl.gz --out artifacts/runs/wide --set width=128 --set label_smoothing=0.1",
            "faithful train --task tqc --data crystals.jsonl.gz --split split.json --out artifacts/runs/tqc --start-from artifacts/runs/band-gap");
        command.Add(Text("--task", "tqc, tqc-basic, magnetic-ordering, formation-energy, band-gap, point-group, space-group, or a label column", "task"));
        command.Add(Text("--data", "Labelled crystals: any source of crystals with labels", "source"));
        command.Add(Text("--out", "Run folder to write: options, metrics, checkpoints", "run"));
        command.Add(Choice("--model", "The model", "model", [.. NetworkPresets.Models, TreeModel.Name], "cgnn"));
        command.Add(Choice("--preset", "The model's preset", "preset", [.. NetworkPresets.Presets.Union(TreePresets.Presets)], "best"));
        command.Add(CommonOptions.Device());
        command.Add(NumberOption.Create<int>("--epochs", $"Passes over the training part {OfThePreset}", "n", n => n is >= 1 and <= 100_000, "lie in 1..100000"));
        command.Add(NumberOption.Create<int>("--batch-size", $"Crystals in a batch {OfThePreset}", "n", n => n is >= 1 and <= 65_536, "lie in 1..65536"));
        command.Add(NumberOption.Create<double>("--learning-rate", $"Highest learning rate of the schedule, or how much of what it learned a tree adds {OfThePreset}", "rate", r => r is > 0 and <= 1, "lie in (0, 1]"));
        command.Add(NumberOption.Create<int>("--patience", $"Epochs without a better one after which training ends, 0 for never {OfThePreset}", "n", n => n >= 0, "be 0 or more"));
        command.Add(Precision());
        command.Add(NumberOption.Create<int>("--seed", "Seed of starting values, shuffles, draws and, without --split, of the split [default: 0]", "n", n => n >= 0, "be 0 or more"));
        command.Add(new Option<string?>("--options") { Description = "Options in JSON as options.json has them, {\"network\":{…},\"training\":{…}}, of trees {\"trees\":{…}}: any part, on top of the preset", HelpName = "file" });
        command.Add(new Option<string[]>("--set")
        {
            Description = "One option of network, training or trees by the name that options.json has, on top of --options; may be repeated",
            HelpName = "name=value",
            DefaultValueFactory = _ => [],
        });
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.Split());
        command.Add(CommonOptions.NoCache());
        command.Add(new Option<string?>("--start-from") { Description = "Begin with the weights of another run, whatever its task, where names and shapes agree", HelpName = "run" });
        command.Add(new Option<string?>("--soft-labels")
        {
            Description = "CSV of probabilities that other models give crystals without a label (columns id and each class, as 'predict --format csv' writes): " +
                "a network learns from those of its training part, too",
            HelpName = "file",
        });
        command.Add(NumberOption.Create<double>(
            "--atomic-limit",
            "Learn also crystals of the training part, this share of them, with all distances multiplied by 2 to 4, as the class of no topology (tqc, tqc-basic) [default: none]",
            "share",
            share => share is > 0 and <= 10,
            "lie in (0, 10]"));
        command.Add(new Option<bool>("--resume") { Description = "Go on with the run in --out from its last checkpoint" });
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        if (context.Arguments.GetRequiredValue<string>("--model") == TreeModel.Name)
        {
            return TrainTreesCommand.Run(context);
        }

        TrainingSettings settings = Settings(context);
        var request = new TrainingRequest
        {
            Task = context.Arguments.GetRequiredValue<string>("--task"),
            Model = context.Arguments.GetRequiredValue<string>("--model"),
            Preset = context.Arguments.GetRequiredValue<string>("--preset"),
            Network = settings.Network,
            Data = context.Arguments.GetRequiredValue<string>("--data"),
            Labels = context.Arguments.GetValue<string?>(CommonOptions.LabelsName),
            Tasks = CommonOptions.TaskTable(context),
            Split = context.Arguments.GetValue<string?>(CommonOptions.SplitName),
            Out = context.Arguments.GetRequiredValue<string>("--out"),
            Device = context.Arguments.GetRequiredValue<string>("--device"),
            UsesCache = CommonOptions.UsesCache(context),
            StartFrom = context.Arguments.GetValue<string?>("--start-from"),
            SoftLabels = context.Arguments.GetValue<string?>("--soft-labels"),
            AtomicLimit = context.Arguments.GetValue<double?>("--atomic-limit"),
            Resume = context.Arguments.GetValue<bool>("--resume"),
            Training = settings.Training,
        };
        (TrainingResult result, RunDescription description, RunFolder folder) = TrainingSession.Run(context, request);
        Report(context, result, description, folder);
        return result.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;
    }

    /// <summary>The preset, changed by --options, by --set, and by the options that have a name of their own; later ones win.</summary>
    private static TrainingSettings Settings(CommandContext context)
    {
        (string model, string preset) = (context.Arguments.GetRequiredValue<string>("--model"), context.Arguments.GetRequiredValue<string>("--preset"));
        string task = context.Arguments.GetRequiredValue<string>("--task");
        if (!NetworkPresets.Presets.Contains(preset))
        {
            throw new UsageException($"--preset: expected {string.Join(" or ", NetworkPresets.Presets)} for the network {model}, found {preset}");
        }

        var settings = new TrainingSettings(NetworkPresets.Find(model, preset, task), NetworkPresets.Training(model, preset, task));
        if (context.Arguments.GetValue<string?>("--options") is string path)
        {
            settings.Read(path);
        }

        foreach (string setting in context.Arguments.GetRequiredValue<string[]>("--set"))
        {
            settings.Set(setting);
        }

        settings.Change(training => training with
        {
            Epochs = context.Arguments.GetValue<int?>("--epochs") ?? training.Epochs,
            BatchSize = context.Arguments.GetValue<int?>("--batch-size") ?? training.BatchSize,
            LearningRate = context.Arguments.GetValue<double?>("--learning-rate") ?? training.LearningRate,
            Patience = context.Arguments.GetValue<int?>("--patience") ?? training.Patience,
            Precision = context.Arguments.GetValue<string?>("--precision") is string precision ? Precisions[precision] : training.Precision,
            Seed = context.Arguments.GetValue<int?>("--seed") ?? training.Seed,
        });
        return settings;
    }

    private static void Report(CommandContext context, TrainingResult result, RunDescription description, RunFolder folder)
    {
        bool classification = description.Task.Kind == TaskKind.Classification;
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("task", description.Task.Name);
                json.WriteString("model", description.Model);
                json.WriteString("preset", description.Preset);
                json.WriteNumber("epochs", result.Epochs);
                json.WriteNumber("crystals", description.Data.Crystals);
                json.WriteNumber("structures_per_second", Math.Round(double.IsNaN(result.StructuresPerSecond) ? 0 : result.StructuresPerSecond, 1));
                json.WriteStartObject("metrics");
                json.WriteNumber("best_epoch", result.Best.Epoch);
                json.WriteNumber(classification ? "validation_accuracy" : "validation_mae", result.Best.ValidationMetric);
                if (result.Best.ValidationMacroF1 is double macroF1)
                {
                    json.WriteNumber("validation_macro_f1", macroF1);
                }

                json.WriteNumber("validation_loss", result.Best.ValidationLoss);
                json.WriteEndObject();
                json.WriteString("run", folder.FolderPath);
                json.WriteBoolean("cancelled", result.Cancelled);
                json.WriteBoolean("stopped_early", result.StoppedEarly);
                json.WriteEndObject();
            });
            return;
        }

        string metric = classification
            ? string.Create(CultureInfo.InvariantCulture, $"validation accuracy {result.Best.ValidationMetric:0.000}, macro F1 {result.Best.ValidationMacroF1:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"validation error {result.Best.ValidationMetric:0.0000} {description.Task.Unit}");
        string verb = result.Cancelled ? "stopped after" : result.StoppedEarly ? EarlyEnd(result, description.Training) : "trained";
        context.Output.WriteLine($"{verb} {result.Epochs} epochs; best epoch {result.Best.Epoch}, {metric}");
        context.Output.WriteLine(result.Cancelled
            ? "go on with the same command and --resume"
            : $"next: faithful export --run {folder.FolderPath} --out onnx/{description.Model}-{description.Task.Name}");
    }

    private static string EarlyEnd(TrainingResult result, TrainingOptions options) =>
        options.AccuracyToReach > 0 && result.Best.ValidationMetric >= options.AccuracyToReach ? "reached the accuracy and ended after" : "got no better and ended after";

    private static Option<string> Text(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Required = true,
    };

    /// <summary>Makes the option for the precision of products.</summary>
    /// <returns>The option.</returns>
    internal static Option<string?> Precision()
    {
        var option = new Option<string?>("--precision") { Description = $"Precision of products: {string.Join(", ", Precisions.Keys)} {OfThePreset}", HelpName = "precision" };
        option.AcceptOnlyFromAmong([.. Precisions.Keys]);
        return option;
    }

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
