using System.CommandLine.Parsing;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Pipelines;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>train</c> for trees.</summary>
internal static class TrainTreesCommand
{
    private const string Section = "trees";

    /// <summary>Options of networks, and what trees have instead.</summary>
    private static readonly (string Option, string Instead)[] OfNetworks =
    [
        ("--epochs", "trees have --set number_of_trees=…, and the validation part chooses how many are kept"),
        ("--batch-size", "trees look at all crystals at once"),
        ("--patience", "trees are grown to the last, and the validation part chooses how many are kept"),
        ("--precision", "trees compare float32 numbers and add float64 ones"),
        ("--start-from", "trees always begin anew"),
        ("--soft-labels", "trees learn from labels alone"),
        ("--resume", "trees are grown within minutes and always begin anew"),
    ];

    /// <summary>Trains.</summary>
    /// <param name="context">The command.</param>
    /// <returns>The exit code.</returns>
    public static int Run(CommandContext context)
    {
        CheckOptions(context);
        var source = new TreeTrainingRequest
        {
            Task = context.Arguments.GetRequiredValue<string>("--task"),
            Preset = context.Arguments.GetRequiredValue<string>("--preset"),
            Trees = _ => new CrystalTreesOptions(),
            Data = context.Arguments.GetRequiredValue<string>("--data"),
            Labels = context.Arguments.GetValue<string?>(CommonOptions.LabelsName),
            Tasks = CommonOptions.TaskTable(context),
            Split = context.Arguments.GetValue<string?>(CommonOptions.SplitName),
            Out = context.Arguments.GetRequiredValue<string>("--out"),
            AtomicLimit = context.Arguments.GetValue<double?>("--atomic-limit"),
            UsesCache = CommonOptions.UsesCache(context),
        };
        (TreeTrainingResult result, TreeRunDescription description, TreeRunFolder folder, double seconds, double processor) =
            TreeSession.Run(context, source with { Trees = kind => Options(context, source, kind) });
        Report(context, result, description, folder, (seconds, processor));
        return ExitCodes.Done;
    }

    private static void CheckOptions(CommandContext context)
    {
        foreach ((string option, string instead) in OfNetworks)
        {
            if (context.Arguments.GetResult(option) is OptionResult { Implicit: false })
            {
                throw new UsageException($"{option} is an option of networks: {instead}");
            }
        }

        if (context.Arguments.GetRequiredValue<string>(CommonOptions.DeviceName) == "cuda")
        {
            throw new UsageException("--device cuda is for networks: trees are grown on the processor");
        }
    }

    /// <summary>The preset, changed by --options, by --set, and by the options that have a name of their own; later ones win.</summary>
    private static CrystalTreesOptions Options(CommandContext context, TreeTrainingRequest request, TaskKind kind)
    {
        CrystalTreesOptions preset;
        try
        {
            preset = TreePresets.Find(request.Preset, request.Task, request.TaskUsesSymmetry, kind);
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }

        var sections = new OptionSections(new OptionSection(Section, typeof(CrystalTreesOptions), preset));
        if (context.Arguments.GetValue<string?>("--options") is string path)
        {
            sections.Read(path);
        }

        foreach (string setting in context.Arguments.GetRequiredValue<string[]>("--set"))
        {
            sections.Set(setting);
        }

        var trees = (CrystalTreesOptions)sections[Section].Value;
        return trees with
        {
            LearningRate = context.Arguments.GetValue<double?>("--learning-rate") ?? trees.LearningRate,
            Seed = context.Arguments.GetValue<int?>("--seed") ?? trees.Seed,
        };
    }

    private static void Report(CommandContext context, TreeTrainingResult result, TreeRunDescription description, TreeRunFolder folder, (double Clock, double Processor) seconds)
    {
        bool classification = description.Task.Kind == TaskKind.Classification;
        TreeMeasurement best = result.Best;
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("task", description.Task.Name);
                json.WriteString("model", description.Model);
                json.WriteString("preset", description.Preset);
                json.WriteNumber("epochs", result.Trees);
                json.WriteNumber("crystals", description.Data.Crystals);
                json.WriteNumber("structures_per_second", Math.Round(description.Data.Crystals / seconds.Clock, 1));
                json.WriteStartObject("metrics");
                json.WriteNumber("best_epoch", best.Trees);
                json.WriteNumber(classification ? "validation_accuracy" : "validation_mae", best.ValidationMetric);
                if (best.ValidationMacroF1 is double macroF1)
                {
                    json.WriteNumber("validation_macro_f1", macroF1);
                }

                json.WriteNumber("validation_loss", best.ValidationLoss);
                json.WriteEndObject();
                json.WriteString("run", folder.FolderPath);
                json.WriteNumber("seconds", Math.Round(seconds.Clock, 3));
                json.WriteNumber("processor_seconds", Math.Round(seconds.Processor, 3));
                json.WriteBoolean("cancelled", false);
                json.WriteBoolean("stopped_early", false);
                json.WriteEndObject();
            });
            return;
        }

        string metric = classification
            ? string.Create(CultureInfo.InvariantCulture, $"validation accuracy {best.ValidationMetric:0.000}, macro F1 {best.ValidationMacroF1:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"validation error {best.ValidationMetric:0.0000} {description.Task.Unit}");
        string each = classification ? " for each class" : "";
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"grew {result.Trees} trees{each} in {seconds.Clock:0.0} s (processor time {seconds.Processor:0.0} s) and kept {best.Trees}, {metric}"));
        context.Output.WriteLine($"next: faithful export --run {folder.FolderPath} --out onnx/{description.Model}-{description.Task.Name}");
    }
}
