using System.CommandLine;
using System.Globalization;
using Faithful.Cli.Output;
using Faithful.Cli.Composition;
using Faithful.Crystals;
using Faithful.Datasets;
using Faithful.Datasets.Samples;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Onnx;
using Faithful.Pipelines;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>export</c>: the best of a run as a model folder.</summary>
internal static class ExportCommand
{
    private const string PrecisionName = "--precision";
    private const string PortableName = "--portable";
    private const string AsName = "--as";
    private const int RoundingCrystals = 200;

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "export",
            "Write the best epoch of a training run, or its trees, as a model folder: model.onnx, card.json, README.md. The file takes plain crystal " +
            "arrays, embeddings are inside; that of trees takes descriptors.",
            "faithful export --run artifacts/runs/first --out onnx/cgnn-point-group",
            "faithful export --run artifacts/runs/first --out onnx/cgnn-point-group --precision float16 --portable",
            "faithful export --run runs/gbt-tqc --out onnx/gbt-tqc-basic --as tqc-basic");
        command.Add(new Option<string>("--run") { Description = "Run folder that 'train' wrote", HelpName = "run", Required = true });
        command.Add(new Option<string>("--out") { Description = "Model folder to write; files in it are replaced", HelpName = "dir", Required = true });
        var precision = new Option<string>(PrecisionName)
        {
            Description = "How parameters are stored: float32 as trained, float16 rounded and half as large; the model computes in float32",
            HelpName = "format",
            DefaultValueFactory = _ => "float32",
        };
        precision.AcceptOnlyFromAmong("float32", "float16");
        command.Add(precision);
        command.Add(new Option<bool>(PortableName)
        {
            Description = $"Write {ModelCard.PortableFileName} as well, without reductions while scattering: for TensorRT, DirectML and GPUs in browsers",
        });
        command.Add(new Option<string?>(AsName)
        {
            Description = "Answer a coarser task, such as tqc-basic for a run of tqc: the file adds up the probabilities of the classes that the task merges. " +
                "The run's calibration and measurements do not hold for it: 'calibrate' and 'evaluate --record' make new ones",
            HelpName = "task",
        });
        command.Add(CommonOptions.Tasks());
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        string run = context.Arguments.GetRequiredValue<string>("--run");
        string folder = context.Arguments.GetRequiredValue<string>("--out");
        var weights = Enum.Parse<WeightFormat>(context.Arguments.GetRequiredValue<string>(PrecisionName), ignoreCase: true);
        bool portable = context.Arguments.GetValue<bool>(PortableName);
        LearningTask? coarser = context.Arguments.GetValue<string?>(AsName) is string name ? CommonOptions.TaskTable(context).Find(name) : null;
        ModelCard card = Write(run, folder, weights, portable, coarser);
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
                json.WriteString("weights", card.Weights.ToString().ToLowerInvariant());
                json.WriteNumber("bytes", bytes);
                json.WriteString("sha256", card.ModelSha256);
                json.WriteString("portable_sha256", card.PortableSha256);
                json.WriteEndObject();
            });
        }
        else
        {
            string best = card.Model == TreeModel.Name ? $"{card.Training.BestEpoch} trees an output" : $"epoch {card.Training.BestEpoch}";
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrote {folder}: {card.Model} for {card.Task.Name}, {best}, {bytes / 1024:N0} KiB"));
            context.Output.WriteLine($"next: faithful predict datasets/examples --model {folder}");
        }

        return ExitCodes.Done;
    }

    /// <summary>Exports the best epoch of a run, or its trees.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="folder">The model folder to write.</param>
    /// <param name="weights">How the file stores the parameters.</param>
    /// <param name="portable">Whether to write the portable variant as well.</param>
    /// <param name="coarser">The task to answer instead of that of the run; null for none.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="RunFolderException">The run is not finished or damaged, or a parameter does not fit the format.</exception>
    /// <exception cref="UsageException">Trees have neither another format nor a portable variant; or the task does not merge the run's classes.</exception>
    internal static ModelCard Write(string run, string folder, WeightFormat weights, bool portable = false, LearningTask? coarser = null) => TreeRunFolder.IsOne(run)
        ? Write(TreeRunFolder.Open(run), folder, weights, portable, coarser)
        : Write(RunFolder.Open(run), folder, weights, portable, coarser);

    /// <summary>Exports the best epoch of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">The model folder to write.</param>
    /// <param name="weights">How the file stores the parameters.</param>
    /// <param name="portable">Whether to write the portable variant as well.</param>
    /// <param name="coarser">The task to answer instead of that of the run; null for none.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="RunFolderException">No epoch has ended yet, a file of the run is damaged, or a parameter does not fit the format.</exception>
    /// <exception cref="UsageException">The task does not merge the run's classes.</exception>
    internal static ModelCard Write(RunFolder run, string folder, WeightFormat weights = WeightFormat.Float32, bool portable = false, LearningTask? coarser = null)
    {
        Network network = run.ReadDescription().BuildNetwork();
        float[] values = run.ReadBest(network);
        ModelCard card = MergedCard.Create(RunCard.Create(run), coarser) with { Weights = weights };
        try
        {
            if (weights != WeightFormat.Float32)
            {
                card = card with { Rounding = RoundingMeasurement.Measure(network, values, weights, GeneratedCrystals(), card.MergedFrom) };
            }

            return NetworkExporter.Export(network, values, card, folder, portable);
        }
        catch (WeightRangeException fault)
        {
            throw new RunFolderException(run.FolderPath, $"{fault.Expected} in {fault.Parameter}, or the export with {PrecisionName} float32", fault.Found);
        }
    }

    /// <summary>The same crystals for every model, of many structure types and elements.</summary>
    private static IEnumerable<Crystal> GeneratedCrystals() =>
        SampleGenerator.Generate(new SampleOptions { Count = RoundingCrystals }).Select(record => record.Crystal);

    private static ModelCard Write(TreeRunFolder run, string folder, WeightFormat weights, bool portable, LearningTask? coarser) => (weights, portable) switch
    {
        (WeightFormat.Float32, false) => TreeExporter.Export(run.ReadModel(), MergedCard.Create(run.Card(), coarser), folder),
        (WeightFormat.Float32, true) => throw new UsageException(
            $"{PortableName}: trees are one operator of ai.onnx.ml, which TensorRT, DirectML and browsers' GPUs lack; expected a network, found {run.Card().Model}"),
        _ => throw new UsageException(
            $"{PrecisionName}: trees are stored as they were trained; expected float32, found {weights.ToString().ToLowerInvariant()}"),
    };
}
