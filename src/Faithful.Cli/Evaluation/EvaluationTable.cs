using System.Globalization;
using Faithful.Cli.Output;

namespace Faithful.Cli.Evaluation;

/// <summary>Writes evaluations for people: a row a way to predict, models first.</summary>
internal static class EvaluationTable
{
    /// <summary>Writes one table for the classifications and one for the regressions.</summary>
    /// <param name="context">The command.</param>
    /// <param name="results">The results.</param>
    public static void Write(CommandContext context, IReadOnlyList<EvaluationResult> results)
    {
        foreach (IGrouping<bool, EvaluationResult> kind in results.GroupBy(result => result.Quality.Metrics.ContainsKey("accuracy")))
        {
            string[] metrics = kind.Key ? ["accuracy", "macro_f1", "calibration_error"] : ["mae", "rmse"];
            var table = new ResultTable(["task", "predictor", .. metrics.Select(Heading), "crystals>", "fallback>"]);
            foreach (EvaluationResult result in kind)
            {
                string count = result.Count.ToString(CultureInfo.InvariantCulture);
                Add(result, Predictor(result), result.Quality, count, result.Fallbacks.ToString(CultureInfo.InvariantCulture));
                if (result.Members.Count > 0)
                {
                    continue; // the baselines stand below the models of the ensemble
                }

                Add(result, kind.Key ? "majority class" : "median", result.Baseline, count, "");
                if (result.SpaceGroupTable is Measurement lookup)
                {
                    Add(result, "most common class of the space group", lookup, count, "");
                }
            }

            table.Write(context);

            void Add(EvaluationResult result, string predictor, Measurement measurement, string count, string fallback) =>
                table.Add([result.Task, predictor, .. metrics.Select(metric => Cell(measurement, metric, result.Unit)), count, fallback]);
        }
    }

    private static string Predictor(EvaluationResult result) => result.Members.Count == 0
        ? result.Model
        : string.Create(CultureInfo.InvariantCulture, $"{result.Model} of {result.Members.Count} models{(result.Method is string method ? $" ({method})" : "")}");

    private static string Heading(string metric) => metric switch
    {
        "accuracy" => "accuracy (95 %)",
        "macro_f1" => "macro F1 (95 %)",
        "calibration_error" => "calibration error",
        "mae" => "mean absolute error (95 %)",
        _ => "root mean square error",
    };

    private static string Cell(Measurement measurement, string metric, string? unit)
    {
        if (!measurement.Metrics.TryGetValue(metric, out double number))
        {
            return "";
        }

        string value = number.ToString("0.0000", CultureInfo.InvariantCulture);
        string interval = measurement.Intervals.TryGetValue(metric, out (double Low, double High) bounds)
            ? string.Create(CultureInfo.InvariantCulture, $" ({bounds.Low:0.000}–{bounds.High:0.000})")
            : "";
        return unit is null ? value + interval : $"{value}{interval} {unit}";
    }
}
