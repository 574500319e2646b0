using System.CommandLine;
using System.Globalization;
using Faithful.Cli.Filtration;
using Faithful.Cli.Output;
using Faithful.Networks;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>filter</c>: entries of a catalogue whose label no network agrees with.</summary>
internal static class FilterCommand
{
    private const string TrainOnly = "train";
    private const int FirstEntries = 20; // of the list, on the terminal

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "filter",
            "List crystals of a catalogue whose label is probably wrong: networks of different kinds learn the catalogue, and what all of them misclassify is listed. " +
            "With --folds each crystal is judged by networks that have never seen it, and the list is ranked by how improbable they find the label; --planted " +
            "hides wrong labels among the others and counts how many of them are found. The same command goes on after an interruption.",
            "faithful filter --data tqc.jsonl.gz --out artifacts/filter",
            "faithful filter --data tqc.jsonl.gz --out artifacts/folds --folds 5 --planted 100",
            "faithful filter --data tqc.jsonl.gz --out artifacts/folds --folds 5 --planted 100 --only train --device cuda --set cgnn:precision=tf32");
        command.Add(new Option<string>("--data") { Description = "Labelled crystals: any source of crystals with labels", HelpName = "source", Required = true });
        command.Add(new Option<string>("--out") { Description = "Folder for runs, models, predictions and the list; what is finished there is taken", HelpName = "folder", Required = true });
        command.Add(new Option<string>("--task") { Description = "The classification: tqc, tqc-basic, magnetic-ordering, or a label column", HelpName = "task", DefaultValueFactory = _ => "tqc" });
        command.Add(new Option<string>("--models")
        {
            Description = $"Networks, with commas between them: {string.Join(", ", NetworkPresets.Models)}",
            HelpName = "models",
            DefaultValueFactory = _ => string.Join(',', NetworkPresets.Models),
        });
        var preset = new Option<string>("--preset") { Description = $"Preset of the networks: {string.Join(", ", NetworkPresets.Presets)}", HelpName = "preset", DefaultValueFactory = _ => "best" };
        preset.AcceptOnlyFromAmong([.. NetworkPresets.Presets]);
        command.Add(preset);
        command.Add(NumberOption.Create("--folds", "Folds: each crystal is judged by networks trained on the other folds; 0 lets every network learn all crystals", "n", 0, n => n is 0 or (>= 2 and <= 100), "be 0, or lie in 2..100"));
        command.Add(NumberOption.Create("--accuracy", "Without folds: the accuracy on all crystals at which a network has learned enough", "share", 0.95, share => share is > 0 and <= 1, "lie in (0, 1]"));
        command.Add(NumberOption.Create("--planted", "Wrong labels to plant", "n", 0, n => n >= 0, "be 0 or more"));
        command.Add(NumberOption.Create("--seed", "Seed of folds, planted labels and trainings", "n", 0, n => n >= 0, "be 0 or more"));
        command.Add(NumberOption.Create<int>("--epochs", "Passes over the training part [default: that of the preset; 200 at most without folds]", "n", n => n is >= 1 and <= 100_000, "lie in 1..100000"));
        command.Add(NumberOption.Create<int>("--batch-size", "Crystals in a batch [default: that of the preset]", "n", n => n is >= 1 and <= 65_536, "lie in 1..65536"));
        command.Add(new Option<string[]>("--set")
        {
            Description = "One option of networks or training by the name that options.json has, for one network with its name before it (ccnn:epochs=5); may be repeated",
            HelpName = "name=value",
            DefaultValueFactory = _ => [],
        });
        var only = new Option<string?>("--only") { Description = "Do only one half: train makes the runs, list goes on from finished ones [default: both]", HelpName = "half" };
        only.AcceptOnlyFromAmong(TrainOnly, "list");
        command.Add(only);
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.NoCache());
        var report = new Option<string?>("--report") { Description = "HTML file for the list with charts", HelpName = "file" };
        command.Add(report);
        command.SetWork(context => Run(context, context.Arguments.GetValue(only), context.Arguments.GetValue(report)));
        return command;
    }

    private static int Run(CommandContext context, string? only, string? report)
    {
        FiltrationRequest request = Request(context);
        using FiltrationSession session = FiltrationSession.Open(context, request);
        var training = new FiltrationTraining(context, session);
        IReadOnlyList<FiltrationRun>? runs = only is null or TrainOnly ? training.Run() : training.Runs();
        if (runs is null)
        {
            context.Log("stopped; the same command goes on");
            return ExitCodes.Cancelled;
        }

        if (only == TrainOnly)
        {
            WriteRuns(context, session, runs);
            return ExitCodes.Done;
        }

        var result = new FiltrationResult(session, runs, new FiltrationPredictions(context, session).Collect(runs));
        FiltrationListFile.Write(session.Folder.ListCsvPath, result);
        FiltrationJson.Write(session.Folder.ListJsonPath, result);
        if (report is not null)
        {
            FiltrationReport.Write(report, result);
        }

        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                FiltrationJson.WriteSummary(json, result);
                json.WriteString("csv", session.Folder.ListCsvPath);
                json.WriteString("json", session.Folder.ListJsonPath);
                json.WriteEndObject();
            });
        }
        else
        {
            new FiltrationText(result).Write(context, FirstEntries);
            context.Output.WriteLine($"wrote {session.Folder.ListCsvPath} and {session.Folder.ListJsonPath}{(report is null ? "" : $" and {report}")}");
        }

        return ExitCodes.Done;
    }

    private static FiltrationRequest Request(CommandContext context)
    {
        string[] models = context.Arguments.GetRequiredValue<string>("--models").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (models.Length == 0 || models.Except(NetworkPresets.Models).Any() || models.Distinct().Count() < models.Length)
        {
            throw new UsageException($"--models: expected some of {string.Join(',', NetworkPresets.Models)}, each once; found '{string.Join(',', models)}'");
        }

        string[] settings = context.Arguments.GetRequiredValue<string[]>("--set");
        if (settings.Select(FiltrationRequest.ModelOf).OfType<string>().Except(models).FirstOrDefault() is string other)
        {
            throw new UsageException($"--set: expected one of {string.Join(',', models)} before the colon, found '{other}'");
        }

        return new FiltrationRequest
        {
            Task = context.Arguments.GetRequiredValue<string>("--task"),
            Data = context.Arguments.GetRequiredValue<string>("--data"),
            Labels = context.Arguments.GetValue<string?>(CommonOptions.LabelsName),
            Tasks = CommonOptions.TaskTable(context),
            UsesCache = CommonOptions.UsesCache(context),
            Out = context.Arguments.GetRequiredValue<string>("--out"),
            Models = models,
            Preset = context.Arguments.GetRequiredValue<string>("--preset"),
            Folds = context.Arguments.GetRequiredValue<int>("--folds"),
            Accuracy = context.Arguments.GetRequiredValue<double>("--accuracy"),
            Planted = context.Arguments.GetRequiredValue<int>("--planted"),
            Seed = context.Arguments.GetRequiredValue<int>("--seed"),
            Device = context.Arguments.GetRequiredValue<string>(CommonOptions.DeviceName),
            Epochs = context.Arguments.GetValue<int?>("--epochs"),
            BatchSize = context.Arguments.GetValue<int?>("--batch-size"),
            Settings = settings,
        };
    }

    private static void WriteRuns(CommandContext context, FiltrationSession session, IReadOnlyList<FiltrationRun> runs)
    {
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("task", session.Plan.Task.Name);
                json.WriteNumber("folds", session.Plan.Folds);
                json.WriteNumber("planted", session.Plan.Planted);
                json.WriteStartArray("runs");
                foreach (FiltrationRun run in runs)
                {
                    json.WriteStartObject();
                    json.WriteString("model", run.Model);
                    json.WriteString("part", run.Part);
                    json.WriteNumber("epochs", run.Epochs);
                    json.WriteNumber("accuracy", Math.Round(run.Accuracy, 6));
                    json.WriteNumber("seconds", Math.Round(run.Seconds, 1));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return;
        }

        var table = new ResultTable("run", "epochs>", session.Plan.Folds == 0 ? "accuracy, all crystals>" : "accuracy, validation>", "seconds>");
        foreach (FiltrationRun run in runs)
        {
            table.Add(
                $"{run.Model}-{run.Part}",
                run.Epochs.ToString(CultureInfo.InvariantCulture),
                run.Accuracy.ToString("0.0000", CultureInfo.InvariantCulture),
                run.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        }

        table.Write(context);
        context.Output.WriteLine("next: the same command with --only list, on a machine with ONNX Runtime");
    }
}
