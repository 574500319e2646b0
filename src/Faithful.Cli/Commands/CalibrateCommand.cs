using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Faithful.Cli.Composition;
using Faithful.Cli.Evaluation;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Onnx;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>calibrate</c>: how far the answers of models can be trusted, written into their cards.</summary>
internal static class CalibrateCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "calibrate",
            "Fit on the validation part how far a model's answers can be trusted, and write it into the model's card: a temperature for classes " +
            "(probabilities ∝ p^(1/T)), a half-width for numbers. model.onnx stays as it is; predict, evaluate and ensembles apply what the card says.",
            "faithful calibrate --model onnx/cgnn-tqc --data tqc.jsonl.gz --split t.split.json",
            "faithful calibrate --model onnx/cgnn-formation-energy --data materials.jsonl.gz --split m.split.json --coverage 0.95");
        FittingOptions.Add(command, "Model folder, or the name of one under onnx/, whose card is written anew; may be repeated");
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input: null, appliesCalibration: false);
        try
        {
            if (predictors.FirstOrDefault(predictor => predictor.Ensemble is not null) is CrystalPredictor ensemble)
            {
                throw new UsageException($"{ensemble.Folder} is an ensemble, which 'faithful ensemble' calibrates when it fits it");
            }

            using var data = new LabelledData(context, context.Arguments.GetRequiredValue<string>(FittingOptions.DataName));
            var evaluator = new Evaluator(context, data);
            List<(CrystalPredictor Predictor, ModelCalibration Calibration)> results = [];
            foreach (CrystalPredictor predictor in predictors)
            {
                EvaluationRows rows = evaluator.Choose(predictor, DataPart.Validation, context.Arguments.GetValue<string?>(CommonOptions.SplitName));
                ModelCalibration calibration = CalibrationFit.Of(evaluator.Evaluate(predictor, rows), context.Arguments.GetValue<double>(FittingOptions.CoverageName));
                ModelFolder.Rewrite(predictor.Card with { Calibration = calibration }, predictor.Folder);
                results.Add((predictor, calibration));
            }

            Write(context, results);
            return data.HasFaults ? ExitCodes.Failed : ExitCodes.Done;
        }
        finally
        {
            foreach (CrystalPredictor predictor in predictors)
            {
                predictor.Dispose();
            }
        }
    }

    private static void Write(CommandContext context, List<(CrystalPredictor Predictor, ModelCalibration Calibration)> results)
    {
        if (context.IsJson)
        {
            using var array = new JsonArray(context.Output);
            results.ForEach(result => array.Add(json => WriteObject(json, result.Predictor, result.Calibration)));
            return;
        }

        var table = new ResultTable("model", "task", "calibration", "crystals>", "calibration error before>", "after>");
        foreach ((CrystalPredictor predictor, ModelCalibration calibration) in results)
        {
            string what = calibration.Method == CalibrationMethod.Temperature
                ? Invariant($"temperature {calibration.Value:0.000}")
                : Invariant($"± {calibration.Value:0.0000} {predictor.Task.Unit} holds {calibration.Coverage:P0}");
            table.Add(
                RepositoryRoot.Display(predictor.Folder), predictor.Task.Name, what, Invariant($"{calibration.Crystals}"), Invariant($"{calibration.ErrorBefore:0.0000}"), Invariant($"{calibration.ErrorAfter:0.0000}"));
        }

        table.Write(context);
    }

    private static void WriteObject(Utf8JsonWriter json, CrystalPredictor predictor, ModelCalibration calibration)
    {
        json.WriteStartObject();
        json.WriteString("task", predictor.Task.Name);
        json.WriteString("model", predictor.Model);
        json.WriteString("folder", predictor.Folder);
        json.WriteString("method", calibration.Method.ToString().ToLowerInvariant());
        json.WriteNumber("value", calibration.Value);
        if (calibration.Coverage is double coverage)
        {
            json.WriteNumber("coverage", coverage);
        }

        json.WriteString("part", calibration.Part);
        json.WriteNumber("n", calibration.Crystals);
        if (calibration is { ErrorBefore: double before, ErrorAfter: double after })
        {
            json.WriteNumber("calibration_error_before", before);
            json.WriteNumber("calibration_error_after", after);
        }

        json.WriteEndObject();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
