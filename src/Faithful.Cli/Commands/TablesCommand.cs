using System.CommandLine;
using System.Text;
using System.Text.Json;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Cli.Tables;
using Faithful.Models;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>tables</c>: the paper's tables of results, measured anew.</summary>
internal static class TablesCommand
{
    private const string SectionName = "tables";

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string?> data = new("--data") { Description = "Labelled crystals; needed unless --only report", HelpName = "source" };
        Option<string> folder = new("--out")
        {
            Description = "Folder of the tables and of their cells; a second command goes on with it",
            HelpName = "folder",
            Required = true,
        };
        Option<string[]> given = new(ModelSelection.ModelName)
        {
            Description = "Folders of models and ensembles, or names under onnx/: each fills the cell of its task, model and preset, without training",
            HelpName = "dir",
            DefaultValueFactory = _ => [],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> only = new("--only")
        {
            Description = "One stage: train (needs no ONNX Runtime), evaluate (trains nothing) or report (reads the results)",
            HelpName = "stage",
        };
        only.AcceptOnlyFromAmong("train", "evaluate", "report");
        Option<string?> readme = new("--readme")
        {
            Description = $"Markdown file in which the tables replace what stands between {MarkedSection.Begin(SectionName)} and {MarkedSection.End(SectionName)}",
            HelpName = "file",
        };
        Option<string[]> tasks = List("--task", "Tasks", PaperTable.Tasks);
        Option<string[]> models = List("--models", "Rows", TableRow.Models);
        Option<string[]> presets = List("--presets", "Presets", TableRow.Presets);
        Option<string[]> splits = List("--splits", "Splits; the first by kind is that of the paper's tables", Datasets.SplitKinds.Names, "that of --split, or group");
        var command = new ProgramCommand(
            "tables",
            "Measure the paper's Tables 1, 2 and 3 anew, beside its own numbers: train what is not trained, measure everything on the held-back crystals, and write " +
            "tables.md, tables.json and tables.html. Each number is a cell with a folder of its own: the same command goes on where it was cut off, cells are chosen " +
            "by --task, --models, --presets and --splits, and several commands can share one folder.",
            "faithful tables --data materials.jsonl.gz --split m.split.json --out artifacts/tables",
            "faithful tables --data materials.jsonl.gz --out artifacts/tables --task tqc,tqc-basic --models cgnn,cann --presets paper --only train --device cuda",
            "faithful tables --data materials.jsonl.gz --split m.split.json --out artifacts/tables --model onnx/* --only evaluate",
            "faithful tables --out artifacts/tables --only report --readme docs/results.md");
        command.Add(data);
        command.Add(folder);
        command.Add(CommonOptions.Split());
        command.Add(splits);
        command.Add(tasks);
        command.Add(models);
        command.Add(presets);
        command.Add(given);
        command.Add(only);
        command.Add(readme);
        command.Add(CommonOptions.Device());
        command.Add(NumberOption.Create<int>("--epochs", "Epochs of networks [default: those of the preset]", "n", n => n is >= 1 and <= 100_000, "lie in 1..100000"));
        command.Add(NumberOption.Create<int>("--seed", "Seed of trainings [default: 0]", "n", n => n >= 0, "be 0 or more"));
        command.Add(TrainCommand.Precision());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.NoCache());
        command.SetWork(context =>
        {
            TablesStage stage = context.Arguments.GetValue(only) is string name ? Enum.Parse<TablesStage>(name, ignoreCase: true) : TablesStage.All;
            string path = context.Arguments.GetRequiredValue(folder);
            MarkedSection? section = context.Arguments.GetValue(readme) is string file ? MarkedSection.Find(file, SectionName) : null;
            int faults = 0;
            if (stage != TablesStage.Report)
            {
                faults = new TablesSession(context, new TablesRequest
                {
                    Data = context.Arguments.GetValue(data) ?? throw new UsageException("expected --data, a source of labelled crystals; without it there is --only report"),
                    Out = path,
                    Split = context.Arguments.GetValue<string?>(CommonOptions.SplitName),
                    Splits = context.Arguments.GetValue(splits) ?? [],
                    Tasks = Chosen(context, tasks, PaperTable.Tasks),
                    Models = Chosen(context, models, TableRow.Models),
                    Presets = Chosen(context, presets, TableRow.Presets),
                    ModelFolders = [.. (context.Arguments.GetValue(given) ?? []).Select(ModelSelection.Resolve)],
                    Stage = stage,
                    Device = context.Arguments.GetRequiredValue<string>(CommonOptions.DeviceName),
                    ServingDevice = ModelSelection.Device(context),
                    Epochs = context.Arguments.GetValue<int?>("--epochs"),
                    Seed = context.Arguments.GetValue<int?>("--seed"),
                    Precision = context.Arguments.GetValue<string?>("--precision") is string precision ? TrainCommand.Precisions[precision] : null,
                    Labels = context.Arguments.GetValue<string?>(CommonOptions.LabelsName),
                    TaskTable = CommonOptions.TaskTable(context),
                    UsesCache = CommonOptions.UsesCache(context),
                }).Run();
            }

            if (stage != TablesStage.Train)
            {
                Write(context, TablesReport.Read(path), path, section);
            }

            return faults > 0 ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static void Write(CommandContext context, TablesReport report, string folder, MarkedSection? section)
    {
        AtomicFile.WriteText(Path.Combine(folder, "tables.md"), TablesMarkdown.Document(report));
        AtomicFile.Write(Path.Combine(folder, "tables.json"), stream =>
        {
            using (var json = new Utf8JsonWriter(stream, CommandContext.JsonOptions with { Indented = true }))
            {
                TablesJson.Write(json, report);
            }

            stream.Write(Encoding.UTF8.GetBytes("\n"));
        });
        TablesPage.Create(report).Write(Path.Combine(folder, "tables.html"));
        section?.Replace(TablesMarkdown.Section(report));
        if (context.IsJson)
        {
            context.WriteJson(json => TablesJson.Write(json, report));
            return;
        }

        foreach (ReportTable table in report.Tables())
        {
            context.Output.WriteLine(table.Title);
            var shown = new ResultTable(table.Headers);
            foreach (IReadOnlyList<string> row in table.Rows)
            {
                shown.Add(row);
            }

            shown.Write(context);
        }

        context.Output.WriteLine($"wrote {Path.Combine(folder, "tables.md")}, tables.json and tables.html");
    }

    private static string[] Chosen(CommandContext context, Option<string[]> option, IReadOnlyList<string> all) =>
        context.Arguments.GetValue(option) is [_, ..] named ? [.. all.Where(named.Contains)] : [.. all];

    /// <summary>An option for some words of a list, in one text with commas or said again.</summary>
    private static Option<string[]> List(string name, string description, IReadOnlyList<string> words, string standard = "all") => new(name)
    {
        Description = $"{description}, with commas between them: {string.Join(", ", words)} [default: {standard}]",
        HelpName = "names",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            string[] named = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
            if (named.FirstOrDefault(word => !words.Contains(word)) is string unknown)
            {
                result.AddError($"{name} must be of {string.Join(", ", words)}, found '{unknown}'.");
            }

            return named;
        },
    };
}
