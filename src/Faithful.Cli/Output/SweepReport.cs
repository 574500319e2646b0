using System.Globalization;
using System.Text.Json;
using Faithful.Pipelines;

namespace Faithful.Cli.Output;

/// <summary>What a sweep found, for people and as JSON.</summary>
internal static class SweepReport
{
    /// <summary>Writes the result on standard output.</summary>
    /// <param name="context">The command.</param>
    /// <param name="result">What was found.</param>
    /// <param name="data">The data source, for the command that comes next.</param>
    public static void Write(CommandContext context, CrystalSweepResult result, string data)
    {
        if (context.IsJson)
        {
            context.WriteJson(json => WriteJson(json, result));
            return;
        }

        SweepMetric metric = result.Metric;
        SweepTrial best = result.Best;
        int of(TrialState state) => result.Trials.Count(trial => trial.State == state);
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Trials.Count} trials in {result.Seconds:0} s: {of(TrialState.Complete)} complete, {of(TrialState.Stopped)} ended early, {of(TrialState.Failed)} failed{(of(TrialState.Running) > 0 ? $", {of(TrialState.Running)} interrupted" : "")}"));
        context.Output.WriteLine($"best: trial {best.Trial}, {best.Model}, validation {SweepDisplay.Text(metric, best.Value!.Value)}");
        context.Output.WriteLine(result.Default is SweepTrial standard
            ? $"defaults: {standard.Model}, validation {SweepDisplay.Text(metric, standard.Value!.Value)}{(result.BeatsDefaults ? "" : "; nothing was better")}"
            : "defaults: not trained to their end");
        context.Output.WriteLine($"table {result.TablePath}, plot {result.PlotPath}");
        context.Output.WriteLine(result.Cancelled
            ? "go on with the same command and --resume"
            : $"next: faithful train --task {result.Task.Name} --model {best.Model} --data {data} --options {result.OptionsPath} --out artifacts/runs/{best.Model}-{result.Task.Name}");
        context.Output.WriteLine($"or, the run of the best trial: faithful export --run {result.RunPath} --out onnx/{best.Model}-{result.Task.Name}");
    }

    private static void WriteJson(Utf8JsonWriter json, CrystalSweepResult result)
    {
        json.WriteStartObject();
        json.WriteString("task", result.Task.Name);
        json.WriteStartArray("models");
        foreach (string model in result.Trials.Select(trial => trial.Model).Distinct())
        {
            json.WriteStringValue(model);
        }

        json.WriteEndArray();
        json.WriteString("metric", result.Metric.Name);
        json.WriteNumber("trials", result.Trials.Count);
        foreach (TrialState state in Enum.GetValues<TrialState>())
        {
            json.WriteNumber(state.ToString().ToLowerInvariant(), result.Trials.Count(trial => trial.State == state));
        }

        WriteTrial(json, "best", result.Best);
        if (result.Default is SweepTrial standard)
        {
            WriteTrial(json, "default", standard);
        }

        json.WriteBoolean("beats_defaults", result.BeatsDefaults);
        json.WritePropertyName("options");
        result.Model.ToJson().WriteTo(json);
        json.WriteString("out", result.Folder);
        json.WriteString("options_file", result.OptionsPath);
        json.WriteString("table", result.TablePath);
        json.WriteString("plot", result.PlotPath);
        json.WriteString("run", result.RunPath);
        json.WriteNumber("trials_at_once", result.TrialsAtOnce);
        json.WriteNumber("seconds", Math.Round(result.Seconds, 3));
        json.WriteBoolean("cancelled", result.Cancelled);
        json.WriteEndObject();
    }

    private static void WriteTrial(Utf8JsonWriter json, string name, SweepTrial trial)
    {
        json.WriteStartObject(name);
        json.WriteNumber("trial", trial.Trial);
        json.WriteString("model", trial.Model);
        json.WriteNumber("value", trial.Value!.Value);
        json.WriteNumber("validation_metric", trial.ValidationMetric!.Value);
        if (trial.ValidationMacroF1 is double macroF1)
        {
            json.WriteNumber("validation_macro_f1", macroF1);
        }

        json.WriteNumber("validation_loss", trial.ValidationLoss!.Value);
        json.WriteNumber("seconds", trial.Seconds);
        json.WritePropertyName("values");
        trial.Values.WriteTo(json);
        json.WriteEndObject();
    }
}
