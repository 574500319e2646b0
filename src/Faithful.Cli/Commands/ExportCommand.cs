using System.CommandLine;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Onnx;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>export</c>: the best epoch of a run as a model folder.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "export",
            "Write the best epoch of a training run as a model folder: model.onnx, card.json, README.md. The file takes plain crystal arrays; " +
            "embeddings are inside.",
            "faithful export --run artifacts/runs/first --out onnx/cgnn-point-group");
        command.Add(new Option<string>("--run") { Description = "Run folder that 'train' wrote", HelpName = "run", Required = true });
        command.Add(new Option<string>("--out") { Description = "Model folder to write; files in it are replaced", HelpName = "dir", Required = true });
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        RunFolder run = RunFolder.Open(context.Arguments.GetRequiredValue<string>("--run"));
        string folder = context.Arguments.GetRequiredValue<string>("--out");
        ModelCard card = Write(run, folder);
        long bytes = new FileInfo(Path.Combine(folder, ModelCard.ModelFileName)).Length;
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("task", card.Task.Name);
                json.WriteString("model", card.Model);
                json.WriteString("preset", card.Preset);
                json.WriteString("out", folder);
                json.WriteNumber("bytes", bytes);
                json.WriteString("sha256", card.ModelSha256);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"wrote {folder}: {card.Model} for {card.Task.Name}, epoch {card.Training.BestEpoch}, {bytes / 1024:N0} KiB"));
            context.Output.WriteLine($"next: faithful predict datasets/examples --model {folder}");
        }

        return ExitCodes.Done;
    }

    /// <summary>Exports the best epoch of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">The model folder to write.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="RunFolderException">No epoch has ended yet, or a file of the run is damaged.</exception>
    internal static ModelCard Write(RunFolder run, string folder)
    {
        Network network = run.ReadDescription().BuildNetwork();
        return NetworkExporter.Export(network, run.ReadBest(network), RunCard.Create(run), folder);
    }
}
