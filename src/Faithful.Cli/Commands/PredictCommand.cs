using System.CommandLine;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals;
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
        var command = new ProgramCommand(
            "predict",
            "Predict properties of crystals with exported models.",
            "faithful predict POSCAR",
            "faithful predict datasets/examples --task tqc",
            "cat POSCAR | faithful predict -",
            "faithful predict my-crystals/ --model onnx/cgnn-point-group --json > predictions.json");
        command.Add(CommonOptions.Sources());
        command.Add(ModelSelection.ModelOption());
        command.Add(ModelSelection.TaskOption());
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName));
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input);
        try
        {
            return Predict(context, input, predictors);
        }
        finally
        {
            foreach (CrystalPredictor predictor in predictors)
            {
                predictor.Dispose();
            }
        }
    }

    private static int Predict(CommandContext context, CrystalInput input, IReadOnlyList<CrystalPredictor> predictors)
    {
        using JsonArray? json = context.IsJson ? new JsonArray(context.Output) : null;
        var table = new PredictionTable(predictors.Select(predictor => predictor.Card));
        using var progress = new ProgressLine(context, "predicting");
        int done = 0;
        foreach (CrystalRecord[] window in input.Records().Chunk(CrystalPredictor.StreamWindow))
        {
            (string Id, Crystal Crystal)[] crystals = [.. window.Select(record => (record.Id, record.Crystal))];
            IReadOnlyList<Prediction>[] columns = [.. predictors.Select(predictor => predictor.Predict(crystals, context.Cancellation))];
            for (int row = 0; row < window.Length; row++)
            {
                Prediction[] predictions = [.. columns.Select(column => column[row])];
                for (int i = 0; i < predictions.Length && json is not null; i++)
                {
                    json.Add(writer => PredictionJson.Write(writer, predictions[i], predictors[i].Card.Task));
                }

                if (json is null)
                {
                    table.Add(window[row], predictions);
                }
            }

            done += window.Length;
            progress.Report(done, input.Fraction);
        }

        progress.Clear();
        if (json is null && done > 0)
        {
            table.Write(context, MaxWarnings);
        }

        input.Summarize("predicted", done);
        return input.ExitCode;
    }
}
