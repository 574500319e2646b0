using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Faithful.Cli.Composition;
using Faithful.Cli.Evaluation;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>ensemble</c>: several models as one, fitted on the crystals that none of them was trained on.</summary>
internal static class EnsembleCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string> path = new("--out") { Description = "Folder of the ensemble to write, with ensemble.json", HelpName = "dir", Required = true };
        Option<string> method = new("--method")
        {
            Description = "How answers are joined: mean; weighted (weights that are not negative and sum to 1); stacked (logistic or linear regression)",
            HelpName = "method",
            DefaultValueFactory = _ => "weighted",
        };
        method.AcceptOnlyFromAmong([.. Enum.GetNames<EnsembleMethod>().Select(name => name.ToLowerInvariant())]);
        var command = new ProgramCommand(
            "ensemble",
            "Make several models of one task answer as one, and write that as a folder that can be used wherever a model folder can. It names the models and holds " +
            "no copy of them. Everything is fitted on the validation part; members without a calibration in their card get one in the ensemble.",
            "faithful ensemble --model onnx/cgnn-tqc --model onnx/cann-tqc --data tqc.jsonl.gz --split t.split.json --out onnx/ensemble-tqc",
            "faithful ensemble --model onnx/cgnn-tqc --model runs/trees --data tqc.jsonl.gz --split t.split.json --method stacked --out ensembles/tqc");
        FittingOptions.Add(command, "Model folder, or the name of one under onnx/; to be repeated, once a member");
        command.Add(path);
        command.Add(method);
        command.SetWork(context => Run(
            context, context.Arguments.GetRequiredValue(path), Enum.Parse<EnsembleMethod>(context.Arguments.GetRequiredValue(method), ignoreCase: true)));
        return command;
    }

    private static int Run(CommandContext context, string folder, EnsembleMethod method)
    {
        if (File.Exists(Path.Combine(folder, ModelCard.FileName)))
        {
            throw new UsageException($"{folder} is the folder of a model; an ensemble needs one of its own");
        }

        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input: null);
        try
        {
            if (predictors.FirstOrDefault(predictor => predictor.Ensemble is not null) is CrystalPredictor nested)
            {
                throw new UsageException($"{nested.Folder} is an ensemble itself; name its members");
            }

            using var data = new LabelledData(context, context.Arguments.GetRequiredValue<string>(FittingOptions.DataName));
            var session = new EnsembleSession(context, data, context.Arguments.GetValue<string?>(CommonOptions.SplitName));
            (EnsembleCard ensemble, IReadOnlyList<Measurement> members, Measurement quality) =
                session.Fit(predictors, method, folder, context.Arguments.GetValue<double>(FittingOptions.CoverageName));
            AtomicFile.WriteText(Path.Combine(folder, EnsembleCard.FileName), ensemble.ToJson());
            if (context.IsJson)
            {
                context.WriteJson(json => WriteObject(json, ensemble, folder));
            }
            else
            {
                WriteTable(context, ensemble, members, quality, folder);
            }

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

    private static void WriteTable(
        CommandContext context, EnsembleCard ensemble, IReadOnlyList<Measurement> members, Measurement quality, string folder)
    {
        string[] metrics = [.. quality.Metrics.Keys.Where(metric => metric is not "r_squared" and not "coverage")];
        var table = new ResultTable([$"on the {ensemble.Fit.Part} part", "weight>", .. metrics.Select(metric => $"{metric.Replace('_', ' ')}>")]);
        for (int member = 0; member < members.Count; member++)
        {
            table.Add([ensemble.Members[member].Folder, Invariant($"{ensemble.Weights[member]:0.000}"), .. Cells(members[member])]);
        }

        table.Add([$"ensemble ({ensemble.Method.ToString().ToLowerInvariant()})", "", .. Cells(quality)]);
        table.Write(context);
        context.Output.WriteLine(Invariant($"wrote {folder}: {members.Count} models for {ensemble.Task.Name}, fitted on {ensemble.Fit.Crystals} crystals"));
        context.Output.WriteLine($"next: faithful evaluate --model {folder} --data … --part test");

        IEnumerable<string> Cells(Measurement measurement) =>
            metrics.Select(metric => measurement.Metrics.TryGetValue(metric, out double value) ? Invariant($"{value:0.0000}") : "");
    }

    private static void WriteObject(Utf8JsonWriter json, EnsembleCard ensemble, string folder)
    {
        json.WriteStartObject();
        json.WriteString("task", ensemble.Task.Name);
        json.WriteString("model", EnsembleCard.ModelName);
        json.WriteString("out", folder);
        json.WriteString("method", ensemble.Method.ToString().ToLowerInvariant());
        json.WriteStartArray("members");
        for (int member = 0; member < ensemble.Members.Count; member++)
        {
            json.WriteStartObject();
            json.WriteString("folder", ensemble.Members[member].Folder);
            json.WriteNumber("weight", ensemble.Weights[member]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("part", ensemble.Fit.Part);
        json.WriteNumber("n", ensemble.Fit.Crystals);
        json.WriteStartObject("metrics");
        foreach ((string metric, double value) in ensemble.Fit.Metrics.Where(pair => double.IsFinite(pair.Value)))
        {
            json.WriteNumber(metric, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
