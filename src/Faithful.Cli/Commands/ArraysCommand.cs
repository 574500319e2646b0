using System.CommandLine;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>arrays</c>: what the ONNX file of a model takes, for runtimes other than this program.</summary>
internal static class ArraysCommand
{
    private const string JsonSuffix = ".json", NumPySuffix = ".npz";

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string> model = new("--model")
        {
            Description = "Model folder (card.json and model.onnx), or the name of one under onnx/, that the arrays are for",
            HelpName = "dir",
            Required = true,
        };
        Option<string> path = new("--out")
        {
            Description = $"The file to write: {NumPySuffix} for NumPy, {JsonSuffix} for anything else; replaced when it exists",
            HelpName = "file",
            Required = true,
        };
        var command = new ProgramCommand(
            "arrays",
            "Write the arrays that a model's ONNX file takes for these crystals, all of them as one batch: its inputs in any runtime, and nothing else. " +
            "Crystals that the model cannot take are left out and named.",
            "faithful arrays POSCAR --model cgnn-tqc --out arrays.npz",
            "faithful arrays datasets/examples --model onnx/cann-tqc --out arrays.json");
        command.Add(CommonOptions.Sources());
        command.Add(model);
        command.Add(path);
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(context, ModelSelection.Resolve(context.Arguments.GetRequiredValue(model)), context.Arguments.GetRequiredValue(path)));
        return command;
    }

    private static int Run(CommandContext context, string folder, string path)
    {
        bool isJson = path.EndsWith(JsonSuffix, StringComparison.OrdinalIgnoreCase);
        if (!isJson && !path.EndsWith(NumPySuffix, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--out: expected a file name that ends in {NumPySuffix} or {JsonSuffix}, found '{path}'");
        }

        ModelCard card = ModelCard.Read(folder);
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName));
        CrystalRecord[] records = [.. input.Records()];
        var prepared = new PreparedCrystal[records.Length];
        Parallel.For(
            0,
            records.Length,
            new ParallelOptions { CancellationToken = context.Cancellation },
            index => prepared[index] = CrystalPreparation.Prepare(records[index].Crystal, card.Preparation));
        int[] taken = [.. Enumerable.Range(0, records.Length).Where(index => prepared[index].FallbackReason is null)];
        (string Id, string Reason)[] leftOut =
            [.. Enumerable.Range(0, records.Length).Except(taken).Select(index => (records[index].Id, prepared[index].FallbackReason!))];
        foreach ((string id, string reason) in leftOut)
        {
            context.Log($"{id} is left out, the model gives it its fallback: {reason}");
        }

        if (taken.Length == 0)
        {
            context.LogError($"expected a crystal that {card.Model} for {card.Task.Name} can take, found none; nothing was written");
            return ExitCodes.Failed;
        }

        CrystalBatch batch = CrystalBatch.Pack([.. taken.Select(index => prepared[index])]);
        if (isJson)
        {
            BatchFile.WriteJson(path, batch, card.GraphInputs, taken.Select(index => records[index].Id));
        }
        else
        {
            BatchFile.WriteNumPy(path, batch, card.GraphInputs);
        }

        Report(context, card, path, batch, leftOut);
        input.Summarize("packed", records.Length);
        return input.ExitCode;
    }

    private static void Report(CommandContext context, ModelCard card, string path, CrystalBatch batch, (string Id, string Reason)[] leftOut)
    {
        if (!context.IsJson)
        {
            context.Output.WriteLine(
                $"wrote {path}: {batch.Crystals} crystal{(batch.Crystals == 1 ? "" : "s")}, {batch.Atoms} atom{(batch.Atoms == 1 ? "" : "s")}, {batch.Edges} edges as {string.Join(", ", card.Inputs)}");
            return;
        }

        context.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("out", path);
            json.WriteString("model", card.Model);
            json.WriteString("task", card.Task.Name);
            json.WriteNumber("crystals", batch.Crystals);
            json.WriteNumber("atoms", batch.Atoms);
            json.WriteNumber("edges", batch.Edges);
            json.WriteStartArray("left_out");
            foreach ((string id, string reason) in leftOut)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteString("reason", reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
