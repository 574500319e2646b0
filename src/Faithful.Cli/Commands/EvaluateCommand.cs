using System.CommandLine;
using System.Text.Json;
using Faithful.Cli.Evaluation;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Datasets;
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
        model.Description = "Model folder (card.json and model.onnx), or the name of one under onnx/; may be repeated";
        model.Required = true;
        model.DefaultValueFactory = null;
        var command = new ProgramCommand(
            "evaluate",
            "Measure models on labelled crystals: metrics with 95 % intervals, beside the simplest baselines.",
            "faithful evaluate --model onnx/cgnn-point-group --data datasets/sample/sample.jsonl",
            "faithful evaluate --model onnx/cgnn-tqc --model onnx/cgnn-tqc-basic --data tqc.jsonl.gz --json",
            "faithful evaluate --model onnx/cgnn-tqc --data tqc.jsonl.gz --part validation");
        command.Add(model);
        command.Add(data);
        command.Add(ModelSelection.TaskOption());
        command.Add(part);
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(context, context.Arguments.GetRequiredValue(data), context.Arguments.GetValue(part)));
        return command;
    }

    private static int Run(CommandContext context, string data, string? part)
    {
        DataPart? wanted = part is null ? null : Enum.Parse<DataPart>(part, ignoreCase: true);
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input: null);
        try
        {
            var datasets = new Dictionary<string, MaterialDataset>();
            List<EvaluationResult> results = [];
            foreach (CrystalPredictor predictor in predictors)
            {
                string task = predictor.Card.Task.Name;
                if (!datasets.TryGetValue(task, out MaterialDataset? dataset))
                {
                    dataset = datasets[task] = Load(context, data, task);
                }

                EvaluationRows rows = EvaluationRows.Choose(dataset, predictor.Card, wanted);
                Announce(context, predictor, rows);
                results.Add(new Evaluator(context).Evaluate(predictor, dataset.Task, rows));
            }

            Write(context, results);
            return datasets.Values.Any(dataset => dataset.Rejected.Length > 0) ? ExitCodes.Failed : ExitCodes.Done;
        }
        finally
        {
            foreach (CrystalPredictor predictor in predictors)
            {
                predictor.Dispose();
            }
        }
    }

    private static MaterialDataset Load(CommandContext context, string data, string task)
    {
        using var progress = new ProgressLine(context, "reading");
        var dataset = MaterialDataset.Load(
            data, task, new LoadOptions { Strict = CommonOptions.IsStrict(context) }, new SynchronousProgress(count => progress.Report(count)), context.Cancellation);
        progress.Clear();
        foreach (RejectedRow row in dataset.Rejected)
        {
            context.LogError(row.ToString());
        }

        if (dataset.Rejected.Length > 0)
        {
            context.Log($"left out {dataset.Rejected.Length} of {dataset.RowsRead} rows, which have an error");
        }

        return dataset;
    }

    private static void Announce(CommandContext context, CrystalPredictor predictor, EvaluationRows rows) => context.Log(
        rows.TrainingRows.Length == 0
            ? $"{predictor.Folder}: trained on other data ({predictor.Card.Training.Data}); measuring on all {rows.Rows.Length} crystals"
            : $"{predictor.Folder}: trained on this data; measuring on {Describe(rows)}, split anew with seed {predictor.Card.Training.Seed}");

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
