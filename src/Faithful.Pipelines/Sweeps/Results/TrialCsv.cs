using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Faithful.Pipelines;

/// <summary>The trials of a sweep as a table: a column for each option that was chosen for any model.</summary>
internal static class TrialCsv
{
    /// <summary>Writes the table.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="metric">What their values are.</param>
    /// <returns>The text, with a header row.</returns>
    public static string Write(IReadOnlyList<SweepTrial> trials, SweepMetric metric)
    {
        string[] options = [.. trials.SelectMany(trial => trial.Values).Select(pair => pair.Key).Distinct().Order(StringComparer.Ordinal)];
        var text = new StringBuilder();
        text.AppendJoin(',', [
            "trial", "model", "is_default", "state", $"value_{metric.Name}", "validation_metric", "validation_macro_f1", "validation_loss",
            "epochs", "best_epoch", "seconds", .. options, "note",
        ]).Append('\n');
        foreach (SweepTrial trial in trials)
        {
            text.AppendJoin(',', [
                Text(trial.Trial), trial.Model, trial.IsDefault ? "1" : "0", Text(trial.State).ToLowerInvariant(), Text(trial.Value),
                Text(trial.ValidationMetric), Text(trial.ValidationMacroF1), Text(trial.ValidationLoss),
                Text(trial.Epochs), Text(trial.BestEpoch), Text(trial.Seconds),
                .. options.Select(option => trial.Values[option] is JsonNode value ? Quoted(value.ToString()) : ""), Quoted(trial.Note ?? ""),
            ]).Append('\n');
        }

        return text.ToString();
    }

    private static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
