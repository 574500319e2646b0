using System.CommandLine;
using System.Text.Json;
using Faithful.Cli.Composition;
using Faithful.Cli.Evaluation;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Models;
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
        var command = new ProgramCommand(
            "evaluate",
            "Measure models on labelled crystals: metrics with 95 % intervals, beside the simplest baselines. Several models for one task, measured on the same " +
            "crystals, are measured as an ensemble too: the mean of what they predict. The calibrations of their cards are applied.",
            "faithful evaluate --model onnx/cgnn-point-group --data datasets/sample/sample.jsonl",
            "faithful evaluate --model onnx/cgnn-tqc --model onnx/cgnn-tqc-basic --data tqc.jsonl.gz --json",
            "faithful evaluate --model onnx/cgnn-tqc --data tqc.jsonl.gz --part validation");
        command.Add(model);
        command.Add(data);
        command.Add(ModelSelection.TaskOption());
        command.Add(part);
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.Split());
        command.Add(CommonOptions.NoCache());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(context, context.Arguments.GetRequiredValue(data), context.Arguments.GetValue(part)));
        return command;
    }

    private static int Run(CommandContext context, string data, string? part)
    {
        DataPart? wanted = part is null ? null : Enum.Parse<DataPart>(part, ignoreCase: true);
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input: null);
        string? split = context.Arguments.GetValue<string?>(CommonOptions.SplitName);
        try
        {
            using var labelled = new LabelledData(context, data);
            var evaluator = new Evaluator(context, labelled);
            List<EvaluationResult> results = [];
            var ensembles = new Dictionary<string, Ensemble>();
            foreach (CrystalPredictor predictor in predictors)
            {
                EvaluationRows rows = evaluator.Choose(predictor, wanted, split);
                Announce(context, predictor, rows, split);
                EvaluatedModel model = evaluator.Evaluate(predictor, rows);
                results.Add(model.Result);
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
            Write(context, results);
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

    private static void Write(CommandContext context, List<EvaluationResult> results)
    {
        if (!context.IsJson)
        {
            EvaluationTable.Write(context, results);
        }
        else if (results is [EvaluationResult only])
        {
            context.WriteJson(json => WriteObject(json, only));
        }
        else
        {
            using var array = new JsonArray(context.Output);
            results.ForEach(result => array.Add(json => WriteObject(json, result)));
        }
    }

    private static void WriteObject(Utf8JsonWriter json, EvaluationResult result)
    {
        json.WriteStartObject();
        json.WriteString("task", result.Task);
        json.WriteString("model", result.Model);
        if (result.Method is string method)
        {
            json.WriteString("method", method);
        }

        if (result.Members.Count > 0)
        {
            json.WriteStartArray("members");
            foreach (string member in result.Members)
            {
                json.WriteStringValue(member);
            }

            json.WriteEndArray();
        }

        json.WriteString("part", EvaluationRows.Name(result.Part));
        json.WriteNumber("n", result.Count);
        json.WriteNumber("fallback", result.Fallbacks);
        WriteMetrics("metrics", result.Quality);
        json.WriteStartObject("interval");
        foreach ((string metric, (double low, double high)) in result.Quality.Intervals)
        {
            json.WriteStartArray(metric);
            json.WriteNumberValue(Round(low));
            json.WriteNumberValue(Round(high));
            json.WriteEndArray();
        }

        json.WriteEndObject();
        WriteMetrics("baseline", result.Baseline);
        if (result.SpaceGroupTable is Measurement table)
        {
            WriteMetrics("space_group_table", table);
        }

        json.WriteEndObject();

        void WriteMetrics(string name, Measurement measurement)
        {
            json.WriteStartObject(name);
            foreach ((string metric, double value) in measurement.Metrics.Where(pair => double.IsFinite(pair.Value)))
            {
                json.WriteNumber(metric, Round(value));
            }

            json.WriteEndObject();
        }
    }

    private static double Round(double value) => Math.Round(value, 6);
}
