using System.CommandLine;
using Faithful.Cli.Composition;
using Faithful.Cli.Evaluation;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Cli.Reports;
using Faithful.Models;
using Faithful.Networks.Training;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>evaluate</c>: models against labelled crystals.</summary>
internal static class EvaluateCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string> data = new("--data")
        {
            Description = "Labelled crystals: a materials JSONL, or a folder of them",
            HelpName = "source",
            Required = true,
        };
        Option<string?> part = new("--part")
        {
            Description = "Rows to measure on: test, validation, train or all [default: test for the data that the model was trained on, else all]",
            HelpName = "part",
        };
        part.AcceptOnlyFromAmong("test", "validation", "train", "all");
        Option<string[]> model = ModelSelection.ModelOption();
        model.Description = "Folder of a model or of an ensemble, or the name of one under onnx/; may be repeated";
        model.Required = true;
        model.DefaultValueFactory = null;
        Option<string?> report = new("--report")
        {
            Description = "Write a report with charts as well: confusion, reliability or parity, errors by element, crystal system and cell; one HTML file",
            HelpName = "file",
        };
        Option<string[]> run = new("--run")
        {
            Description = "Run folder of one of the models, whose learning curve goes into the report; may be repeated",
            HelpName = "dir",
            DefaultValueFactory = _ => [],
        };
        Option<bool> record = new("--record")
        {
            Description = "Write what was measured into the card of each model, where 'models' reads it; only on data that the model was trained on",
        };
        var command = new ProgramCommand(
            "evaluate",
            "Measure models on labelled crystals: metrics with 95 % intervals, beside the simplest baselines. Several models for one task, measured on the same " +
            "crystals, are measured as an ensemble too: the mean of what they predict. The calibrations of their cards are applied.",
            "faithful evaluate --model onnx/cgnn-point-group --data datasets/sample/sample.jsonl",
            "faithful evaluate --model onnx/cgnn-tqc --model onnx/cgnn-tqc-basic --data tqc.jsonl.gz --json",
            "faithful evaluate --model onnx/cgnn-tqc --data tqc.jsonl.gz --part validation",
            "faithful evaluate --model onnx/cgnn-tqc --data tqc.jsonl.gz --report report.html",
            "faithful evaluate --model onnx/cgnn-tqc --data tqc.jsonl.gz --split t.split.json --record");
        command.Add(model);
        command.Add(data);
        command.Add(ModelSelection.TaskOption());
        command.Add(part);
        command.Add(report);
        command.Add(run);
        command.Add(record);
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.Split());
        command.Add(CommonOptions.NoCache());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(
            context,
            context.Arguments.GetRequiredValue(data),
            context.Arguments.GetValue(part),
            context.Arguments.GetValue(report),
            context.Arguments.GetValue(run) ?? [],
            context.Arguments.GetValue(record)));
        return command;
    }

    private static int Run(CommandContext context, string data, string? part, string? report, string[] runFolders, bool isRecorded)
    {
        DataPart? wanted = part is null ? null : Enum.Parse<DataPart>(part, ignoreCase: true);
        if (report is null && runFolders.Length > 0)
        {
            throw new UsageException("--run is for the report: add --report");
        }

        TrainingRun[] runs = [.. runFolders.Select(TrainingRun.Read)];
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input: null);
        string? split = context.Arguments.GetValue<string?>(CommonOptions.SplitName);
        try
        {
            Dictionary<CrystalPredictor, TrainingRun> runOf = Match(predictors, runs);
            using var labelled = new LabelledData(context, data);
            var evaluator = new Evaluator(context, labelled);
            List<EvaluationResult> results = [];
            var epochs = new Dictionary<EvaluationResult, IReadOnlyList<EpochMeasurement>>(ReferenceEqualityComparer.Instance);
            var ensembles = new Dictionary<string, Ensemble>();
            foreach (CrystalPredictor predictor in predictors)
            {
                EvaluationRows rows = evaluator.Choose(predictor, wanted, split);
                if (isRecorded)
                {
                    RecordedQuality.CheckRecordable(predictor, rows);
                }

                Announce(context, predictor, rows, split);
                EvaluatedModel model = evaluator.Evaluate(predictor, rows);
                results.Add(model.Result);
                if (isRecorded)
                {
                    RecordedQuality.Record(predictor, model.Result);
                    context.Log($"{predictor.Folder}: the card has what was measured on the {EvaluationRows.Name(rows.Part)} part");
                }

                epochs.Add(model.Result, runOf.GetValueOrDefault(predictor)?.Epochs ?? []);
                if (model.IsEnsemble)
                {
                    continue;
                }

                if (ensembles.TryGetValue(model.Task.Name, out Ensemble? ensemble))
                {
                    ensemble.Add(model);
                }
                else if (predictors.Count(other => other.Ensemble is null) > 1)
                {
                    ensembles[model.Task.Name] = new Ensemble(model);
                }
            }

            AddEnsembles(context, ensembles, results);
            ReportedEvaluation[] evaluations =
                [.. results.Select(result => new ReportedEvaluation(result, EvaluationDetails.Of(result.Answers!), epochs.GetValueOrDefault(result, [])))];
            WriteReport(context, report, data, evaluations);
            Write(context, evaluations);
            return labelled.HasFaults ? ExitCodes.Failed : ExitCodes.Done;
        }
        finally
        {
            foreach (CrystalPredictor predictor in predictors)
            {
                predictor.Dispose();
            }
        }
    }

    private static void AddEnsembles(CommandContext context, Dictionary<string, Ensemble> ensembles, List<EvaluationResult> results)
    {
        foreach ((string task, Ensemble ensemble) in ensembles)
        {
            if (ensemble.Obstacle is string obstacle)
            {
                context.Log($"no ensemble for {task}: {obstacle}");
            }
            else
            {
                results.Add(ensemble.Measure());
            }
        }
    }

    private static void Announce(CommandContext context, CrystalPredictor predictor, EvaluationRows rows, string? split)
    {
        ModelCard card = predictor.Cards[0];
        string origin = split is null ? $"split anew with seed {card.Training.Seed}" : $"split by {split}";
        context.Log((rows.TrainingRows.Length, rows.Part) switch
        {
            (0, DataPart.All) => $"{predictor.Folder}: trained on {card.Training.Data}; measuring on all {rows.Rows.Length} crystals of this data",
            (0, _) => $"{predictor.Folder}: trained on other data ({card.Training.Data}); " +
                $"measuring on the {rows.Rows.Length} crystals of the {EvaluationRows.Name(rows.Part)} part, {origin}",
            _ => $"{predictor.Folder}: trained on this data; measuring on {Describe(rows)}, {origin}",
        });
    }

    private static string Describe(EvaluationRows rows) => rows.Part switch
    {
        DataPart.Test => $"the {rows.Rows.Length} crystals held out for this",
        DataPart.Validation => $"the {rows.Rows.Length} crystals that chose the epoch",
        DataPart.Train => $"the {rows.Rows.Length} crystals that it was trained on",
        _ => $"all {rows.Rows.Length} crystals, most of which it was trained on",
    };

    /// <summary>The run of each model for which one is named.</summary>
    private static Dictionary<CrystalPredictor, TrainingRun> Match(IReadOnlyList<CrystalPredictor> predictors, IReadOnlyList<TrainingRun> runs)
    {
        var matches = new Dictionary<CrystalPredictor, TrainingRun>();
        foreach (TrainingRun run in runs)
        {
            CrystalPredictor[] models = [.. predictors.Where(predictor => predictor.Ensemble is null && run.IsOf(predictor.Cards[0]))];
            if (models.Length == 0)
            {
                throw new UsageException($"--run {run.Folder}: none of the models named was exported from this run, by what their cards say of their training");
            }

            foreach (CrystalPredictor model in models)
            {
                matches[model] = run;
            }
        }

        return matches;
    }

    private static void WriteReport(CommandContext context, string? path, string data, IReadOnlyList<ReportedEvaluation> evaluations)
    {
        if (path is not null)
        {
            EvaluationReport.Write(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(data)), evaluations);
            context.Log(ReportPage.CanDraw
                ? $"the report is in {path}"
                : $"the report is in {path}, without charts: the program was built without their library, which ./faithful setup takes from npm");
        }
    }

    private static void Write(CommandContext context, IReadOnlyList<ReportedEvaluation> evaluations)
    {
        if (!context.IsJson)
        {
            EvaluationTable.Write(context, evaluations.Select(evaluation => evaluation.Result));
        }
        else if (evaluations is [ReportedEvaluation only])
        {
            context.WriteJson(json => EvaluationJson.Write(json, only.Result, only.Details));
        }
        else
        {
            using var array = new JsonArray(context.Output);
            foreach (ReportedEvaluation evaluation in evaluations)
            {
                array.Add(json => EvaluationJson.Write(json, evaluation.Result, evaluation.Details));
            }
        }
    }
}
