using System.CommandLine;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>predict</c>: every chosen model for every crystal.</summary>
internal static class PredictCommand
{
    private const int MaxWarnings = 10; // lines after the table; --json has them all

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string?> format = new("--format")
        {
            Description = "table; csv: a row a crystal, with the probability of every class of every model (MODEL:CLASS); jsonl: a JSON object a line [default: table, " +
                "of --out what its name ends in, else csv]",
            HelpName = "format",
        };
        format.AcceptOnlyFromAmong("table", "csv", "jsonl", "json");
        Option<string?> path = new("--out") { Description = "File for csv or jsonl, which grows while the work goes on", HelpName = "file" };
        Option<bool> resume = new("--resume") { Description = "Go on with the file of --out: crystals that it has are passed over" };
        var command = new ProgramCommand(
            "predict",
            "Predict properties of crystals with exported models and ensembles.",
            "faithful predict POSCAR",
            "faithful predict datasets/examples --task tqc",
            "cat POSCAR | faithful predict -",
            "faithful predict my-crystals/ --model onnx/cgnn-point-group --json > predictions.json",
            "faithful predict my-crystals/ --task tqc --out predictions.csv --resume");
        command.Add(CommonOptions.Sources());
        command.Add(ModelSelection.ModelOption());
        command.Add(ModelSelection.TaskOption());
        command.Add(format);
        command.Add(path);
        command.Add(resume);
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(
            context, Format(context, context.Arguments.GetValue(format), context.Arguments.GetValue(path)), context.Arguments.GetValue(path), context.Arguments.GetValue(resume)));
        return command;
    }

    private static PredictionFormat Format(CommandContext context, string? word, string? path)
    {
        if (context.IsJson && word is not (null or "json"))
        {
            throw new UsageException($"--json and --format {word} exclude each other");
        }

        PredictionFormat format = context.IsJson ? PredictionFormat.Json
            : word is not null ? Enum.Parse<PredictionFormat>(word, ignoreCase: true)
            : path is null ? PredictionFormat.Table
            : Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase) ? PredictionFormat.Jsonl
            : PredictionFormat.Csv;
        return path is null || format is PredictionFormat.Csv or PredictionFormat.Jsonl
            ? format
            : throw new UsageException("--out takes csv or jsonl; for the other formats redirect standard output");
    }

    private static int Run(CommandContext context, PredictionFormat format, string? path, bool resumes)
    {
        if (resumes && path is null)
        {
            throw new UsageException("--resume goes on with a file, which --out must name");
        }

        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName));
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input);
        try
        {
            var lines = new PredictionLines(predictors, format);
            switch (format)
            {
                case PredictionFormat.Table:
                    var table = new PredictionTable(predictors);
                    if (Predict(context, input, predictors, table, null) > 0)
                    {
                        table.Write(context, MaxWarnings);
                    }

                    break;
                case PredictionFormat.Json:
                    using (var json = new PredictionJsonOutput(context.Output, predictors))
                    {
                        Predict(context, input, predictors, json, null);
                    }

                    break;
                case var _ when path is not null:
                    using (var file = new PredictionFile(path, lines, resumes))
                    {
                        int done = Predict(context, input, predictors, file, file);
                        context.Log($"wrote {path}: {done} crystals{(resumes ? $", beside {file.Before} that it had" : "")}");
                    }

                    break;
                default:
                    Predict(context, input, predictors, new PredictionLineOutput(context.Output, lines), null);
                    break;
            }

            return input.ExitCode;
        }
        finally
        {
            foreach (CrystalPredictor predictor in predictors)
            {
                predictor.Dispose();
            }
        }
    }

    /// <summary>Predicts window after window; models that want the same preparation share it.</summary>
    /// <returns>The number of crystals that were predicted.</returns>
    private static int Predict(
        CommandContext context, CrystalInput input, IReadOnlyList<CrystalPredictor> predictors, IPredictionOutput output, PredictionFile? file)
    {
        using var progress = new ProgressLine(context, "predicting");
        int done = 0;
        IEnumerable<CrystalRecord> records = file is null ? input.Records() : input.Records().Where(record => !file.TakeDone(record.Id));
        foreach (CrystalRecord[] window in records.Chunk(CrystalPredictor.StreamWindow))
        {
            var crystals = new PredictionInputs([.. window.Select(record => (record.Id, record.Crystal))], context.Cancellation);
            IReadOnlyList<Prediction>[] columns = [.. predictors.Select(predictor => predictor.Predict(crystals, context.Cancellation))];
            for (int row = 0; row < window.Length; row++)
            {
                output.Add(window[row], [.. columns.Select(column => column[row])]);
            }

            file?.Flush();
            done += window.Length;
            progress.Report(done, input.Fraction);
        }

        progress.Clear();
        input.Summarize("predicted", done);
        return done;
    }
}
