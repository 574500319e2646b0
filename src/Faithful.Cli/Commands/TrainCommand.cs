using System.CommandLine;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>train</c>: a network on a labelled data set.</summary>
internal static class TrainCommand
{
    private static readonly TrainingOptions Defaults = new();

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "train",
            "Train a network on labelled crystals. A tenth of the crystals is held back for 'evaluate', a tenth chooses the epoch; crystals " +
            "of one formula and space group are never divided between these parts. 'dataset split' makes other splits.",
            "faithful train --task point-group --data datasets/sample/sample.jsonl --out artifacts/runs/first",
            "faithful train --task tqc --data tqc.jsonl.gz --out artifacts/runs/tqc --epochs 20",
            "faithful train --task tqc --data tqc.jsonl.gz --out artifacts/runs/tqc --epochs 20 --resume");
        command.Add(Text("--task", "tqc, tqc-basic, magnetic-ordering, formation-energy, band-gap, point-group, space-group, or a label column", "task"));
        command.Add(Text("--data", "Labelled crystals: any source of crystals with labels", "source"));
        command.Add(Text("--out", "Run folder to write: options, metrics, checkpoints", "run"));
        command.Add(Choice("--model", "The network", "model", NetworkPresets.Models, "cgnn"));
        command.Add(Choice("--preset", "The network's preset", "preset", NetworkPresets.Presets, "best"));
        command.Add(CommonOptions.Device());
        command.Add(NumberOption.Create("--epochs", "Passes over the training part", "n", Defaults.Epochs, n => n is >= 1 and <= 100_000, "lie in 1..100000"));
        command.Add(NumberOption.Create("--batch-size", "Crystals in a batch", "n", Defaults.BatchSize, n => n is >= 1 and <= 65_536, "lie in 1..65536"));
        command.Add(NumberOption.Create("--learning-rate", "Highest learning rate of the schedule", "rate", Defaults.LearningRate, r => r is > 0 and <= 1, "lie in (0, 1]"));
        command.Add(NumberOption.Create("--seed", "Seed of starting values, shuffles and, without --split, of the split", "n", Defaults.Seed, n => n >= 0, "be 0 or more"));
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.Split());
        command.Add(CommonOptions.NoCache());
        command.Add(new Option<bool>("--resume") { Description = "Go on with the run in --out from its last checkpoint" });
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var request = new TrainingRequest
        {
            Task = context.Arguments.GetRequiredValue<string>("--task"),
            Model = context.Arguments.GetRequiredValue<string>("--model"),
            Preset = context.Arguments.GetRequiredValue<string>("--preset"),
            Data = context.Arguments.GetRequiredValue<string>("--data"),
            Labels = context.Arguments.GetValue<string?>(CommonOptions.LabelsName),
            Tasks = CommonOptions.TaskTable(context),
            Split = context.Arguments.GetValue<string?>(CommonOptions.SplitName),
            Out = context.Arguments.GetRequiredValue<string>("--out"),
            Device = context.Arguments.GetRequiredValue<string>("--device"),
            UsesCache = CommonOptions.UsesCache(context),
            Resume = context.Arguments.GetValue<bool>("--resume"),
            Training = Defaults with
            {
                Epochs = context.Arguments.GetRequiredValue<int>("--epochs"),
                BatchSize = context.Arguments.GetRequiredValue<int>("--batch-size"),
                LearningRate = context.Arguments.GetRequiredValue<double>("--learning-rate"),
                Seed = context.Arguments.GetRequiredValue<int>("--seed"),
            },
        };
        (TrainingResult result, RunDescription description, RunFolder folder) = TrainingSession.Run(context, request);
        Report(context, result, description, folder);
        return result.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;
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
                json.WriteNumber("validation_loss", result.Best.ValidationLoss);
                json.WriteEndObject();
                json.WriteString("run", folder.FolderPath);
                json.WriteBoolean("cancelled", result.Cancelled);
                json.WriteEndObject();
            });
            return;
        }

        string metric = classification
            ? string.Create(CultureInfo.InvariantCulture, $"validation accuracy {result.Best.ValidationMetric:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"validation error {result.Best.ValidationMetric:0.0000} {description.Task.Unit}");
        string verb = result.Cancelled ? "stopped after" : "trained";
        context.Output.WriteLine($"{verb} {result.Epochs} epochs; best epoch {result.Best.Epoch}, {metric}");
        context.Output.WriteLine(result.Cancelled
            ? "go on with the same command and --resume"
            : $"next: faithful export --run {folder.FolderPath} --out onnx/{description.Model}-{description.Task.Name}");
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
