using System.Globalization;
using Faithful.Cli.Output;

namespace Faithful.Cli.Evaluation;

/// <summary>Evaluations for people: a row a way to predict, models first.</summary>
/// <param name="Headings">The headings; one that ends in <c>&gt;</c> has its column aligned to the right.</param>
/// <param name="Rows">The rows, a cell a heading.</param>
internal sealed record EvaluationTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Makes one table for the classifications and one for the regressions.</summary>
    /// <param name="results">The results.</param>
    /// <returns>The tables that have a row.</returns>
    public static IEnumerable<EvaluationTable> Of(IEnumerable<EvaluationResult> results) =>
        results.GroupBy(result => result.Quality.Metrics.ContainsKey("accuracy")).Select(kind => Of([.. kind], kind.Key));

    /// <summary>Writes the tables of evaluations on standard output.</summary>
    /// <param name="context">The command.</param>
    /// <param name="results">The results.</param>
    public static void Write(CommandContext context, IEnumerable<EvaluationResult> results)
    {
        foreach (EvaluationTable evaluation in Of(results))
        {
            var table = new ResultTable(evaluation.Headings);
            foreach (IReadOnlyList<string> row in evaluation.Rows)
            {
                table.Add(row);
            }

            table.Write(context);
        }
    }

    /// <summary>Gets how a model or an ensemble is called.</summary>
    /// <param name="result">Its evaluation.</param>
    /// <returns>For example <c>cgnn</c>, or <c>ensemble of 2 models (mean)</c>.</returns>
    public static string Predictor(EvaluationResult result) => result.Members.Count == 0
        ? result.Model
        : string.Create(CultureInfo.InvariantCulture, $"{result.Model} of {result.Members.Count} models{(result.Method is string method ? $" ({method})" : "")}");

    private static EvaluationTable Of(EvaluationResult[] results, bool isClassification)
    {
        string[] metrics = isClassification ? ["accuracy", "macro_f1", "calibration_error"] : ["mae", "rmse"];
        List<string[]> rows = [];
        foreach (EvaluationResult result in results)
        {
            string count = result.Count.ToString(CultureInfo.InvariantCulture);
            Add(result, Predictor(result), result.Quality, count, result.Fallbacks.ToString(CultureInfo.InvariantCulture));
            if (result.Members.Count > 0)
            {
                continue; // the baselines stand below the models of the ensemble
            }

            Add(result, isClassification ? "majority class" : "median", result.Baseline, count, "");
            if (result.SpaceGroupTable is Measurement lookup)
            {
                Add(result, "most common class of the space group", lookup, count, "");
            }
        }

        return new EvaluationTable(["task", "predictor", .. metrics.Select(Heading), "crystals>", "fallback>"], rows);

        void Add(EvaluationResult result, string predictor, Measurement measurement, string count, string fallback) =>
            rows.Add([result.Task, predictor, .. metrics.Select(metric => Cell(measurement, metric, result.Unit)), count, fallback]);
    }

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
