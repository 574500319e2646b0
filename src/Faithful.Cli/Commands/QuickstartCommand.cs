using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Metrics;
using Faithful.Networks;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Serving;
using TorchSharp;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>quickstart</c>: train, export, serve and predict on the crystals that come with the project.</summary>
internal static class QuickstartCommand
{
    /// <summary>The largest relative difference between the training library and ONNX Runtime that counts as agreement.</summary>
    public const double ParityTolerance = 1e-5;

    /// <summary>A small CGNN: a minute on a laptop matters more here than the last percent.</summary>
    private static readonly NetworkOptions Network = new CgnnOptions { Width = 64, Cutoff = 6, Global = GlobalEncoding.Plain, Elements = ElementEncoding.LeftStep, Dropout = 0 };

    private static readonly TrainingOptions Training = new() { Epochs = 40, BatchSize = 32, LearningRate = 3e-3 };

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "quickstart",
            "Train a network on the sample data set in about a minute, export it to ONNX, serve it, check that both agree, and predict " +
            "the example crystals.",
            "faithful quickstart",
            "faithful quickstart --json > quickstart.json");
        command.Add(CommonOptions.Device());
        command.Add(NumberOption.Create(
            "--epochs", "Passes over the training part; fewer are quicker and worse", "n", Training.Epochs, n => n is >= 1 and <= 1000, "lie in 1..1000"));
        command.Add(new Option<string?>("--out") { Description = "Folder for the run and the model [default: artifacts/quickstart]", HelpName = "folder" });
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var clock = Stopwatch.StartNew();
        string root = RepositoryRoot.Find();
        string sample = Path.Combine(root, "datasets", "sample", "sample.jsonl");
        string work = context.Arguments.GetValue<string?>("--out") ?? Path.Combine(root, "artifacts", "quickstart");
        string device = context.Arguments.GetRequiredValue<string>("--device");

        string machine = DescribeMachine(device);
        context.Log(machine);
        context.Log("");
        context.Log("1  Train: CGNN learns the point group from the structure alone");
        RunFolder run = Train(context, sample, work, device);

        context.Log("");
        context.Log("2  Export and serve");
        string folder = Path.Combine(work, "onnx", "cgnn-point-group");
        ModelCard card = ExportCommand.Write(run, folder);
        using CrystalPredictor predictor = CrystalPredictor.Open(folder);
        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"wrote {RepositoryRoot.Display(folder)}/{ModelCard.ModelFileName} ({new FileInfo(Path.Combine(folder, ModelCard.ModelFileName)).Length / 1024} KiB), opened with ONNX Runtime on {predictor.Device}"));

        MaterialDataset data = MaterialDataset.Load(sample, card.Task.Name, cancellationToken: context.Cancellation);
        DataSplit split = DataSplit.Create(data.Rows.Select(row => row.Record), new SplitOptions { Seed = card.Training.Seed });
        (double accuracy, double baseline) = Accuracy(context, predictor, data, split);
        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"accuracy {accuracy:0.000} on {split.Test.Length} crystals that training never saw; always answering the most common class: {baseline:0.000}"));

        double parity = Parity(run, predictor, data, split, context.Cancellation);
        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"largest relative difference between libtorch and ONNX Runtime: {parity:0.0e+0} (must be below {ParityTolerance:0e+0})"));

        context.Log("");
        context.Log("3  Predict: the example crystals");
        (List<CrystalRecord> examples, IReadOnlyList<Prediction> predictions) = PredictExamples(context, predictor, root);
        bool agrees = parity < ParityTolerance;
        double seconds = clock.Elapsed.TotalSeconds;
        if (context.IsJson)
        {
            WriteJson(context, card, accuracy, baseline, parity, seconds, predictions);
        }
        else
        {
            WriteTable(context, predictor, examples, predictions);
            WriteNextSteps(context, folder, seconds);
        }

        if (!agrees)
        {
            context.LogError("the exported model and the trained network disagree");
        }

        return agrees ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string DescribeMachine(string device)
    {
        OnnxRuntimeLibrary.TryGetVersion(out string? onnxRuntime, out _);
        SymmetryFinder.TryGetVersion(out string? spglib, out _);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Faithful {typeof(QuickstartCommand).Assembly.GetName().Version!.ToString(3)} on {Environment.ProcessorCount} processors: libtorch {torch.__version__} on {TrainingDevice.Find(device)}, ONNX Runtime {onnxRuntime ?? "missing"}, spglib {spglib ?? "missing"}");
    }

    private static RunFolder Train(CommandContext context, string sample, string work, string device)
    {
        string path = Path.Combine(work, "run");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true); // made by an earlier quickstart, and made again from the same seed
        }

        (TrainingResult result, _, RunFolder run) = TrainingSession.Run(context, new TrainingRequest
        {
            Task = LearningTasks.PointGroup.Name,
            Model = "cgnn",
            Preset = "best",
            Network = Network,
            Data = sample,
            Out = path,
            Device = device,
            Training = Training with { Epochs = context.Arguments.GetRequiredValue<int>("--epochs") },
        });
        return result.Cancelled ? throw new OperationCanceledException() : run;
    }

    private static (double Accuracy, double Baseline) Accuracy(
        CommandContext context, CrystalPredictor predictor, MaterialDataset data, DataSplit split)
    {
        string[] classes = [.. predictor.Card.Task.Classes];
        int[] truth = [.. split.Test.Select(row => data.Rows[row].Target.ClassIndex)];
        IReadOnlyList<Prediction> predictions = predictor.Predict(
            [.. split.Test.Select(row => (data.Rows[row].Record.Id, data.Rows[row].Record.Crystal))], context.Cancellation);
        int[] predicted = [.. predictions.Select(prediction => Array.IndexOf(classes, prediction.Class))];
        int majority = split.Training.CountBy(row => data.Rows[row].Target.ClassIndex).MaxBy(pair => pair.Value).Key;
        return (new ClassificationMetrics(truth, predicted, classes.Length).Accuracy, (double)truth.Count(c => c == majority) / truth.Length);
    }

    private static double Parity(
        RunFolder run, CrystalPredictor predictor, MaterialDataset data, DataSplit split, CancellationToken cancellation)
    {
        Network network = run.ReadDescription().BuildNetwork();
        using var state = new NetworkState(network.Layout, run.ReadBest(network), torch.CPU);
        double largest = 0;
        foreach (int[] rows in split.Test.Chunk(64))
        {
            PreparedCrystal[] prepared = [.. rows
                .Select(row => CrystalPreparation.Prepare(data.Rows[row].Record.Crystal, predictor.Card.Preparation))
                .Where(crystal => crystal.FallbackReason is null)];
            if (prepared.Length > 0)
            {
                CrystalBatch batch = CrystalBatch.Pack(prepared);
                float[] eager = Trainer.Predict(network, state, batch), served = predictor.Run(batch, cancellation).Logits;
                float scale = eager.Max(MathF.Abs);
                largest = Math.Max(largest, eager.Zip(served, (a, b) => Math.Abs(a - b) / scale).Max());
            }
        }

        return largest;
    }

    private static (List<CrystalRecord> Examples, IReadOnlyList<Prediction> Predictions) PredictExamples(
        CommandContext context, CrystalPredictor predictor, string root)
    {
        var input = new CrystalInput(context, [Path.Combine(root, "datasets", "examples")]);
        List<CrystalRecord> examples = [.. input.Records()];
        return (examples, predictor.Predict([.. examples.Select(record => (record.Id, record.Crystal))], context.Cancellation));
    }

    private static void WriteJson(
        CommandContext context, ModelCard card, double accuracy, double baseline, double parity, double seconds, IReadOnlyList<Prediction> predictions) =>
        context.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("task", card.Task.Name);
            json.WriteString("model", card.Model);
            json.WriteNumber("accuracy", Math.Round(accuracy, 6));
            json.WriteNumber("baseline", Math.Round(baseline, 6));
            json.WriteNumber("parity", parity);
            json.WriteNumber("seconds", Math.Round(seconds, 1));
            json.WriteStartArray("predictions");
            foreach (Prediction prediction in predictions)
            {
                PredictionJson.Write(json, prediction, card.Task);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void WriteTable(
        CommandContext context, CrystalPredictor predictor, List<CrystalRecord> examples, IReadOnlyList<Prediction> predictions)
    {
        var table = new PredictionTable([predictor]);
        for (int i = 0; i < examples.Count; i++)
        {
            table.Add(examples[i], [predictions[i]]);
        }

        table.Write(context, maxWarnings: 3);
    }

    private static void WriteNextSteps(CommandContext context, string folder, double seconds)
    {
        string model = RepositoryRoot.Display(folder);
        context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Done in {seconds:0} s. What next:"));
        context.Output.WriteLine($"  ./faithful predict YOUR-POSCAR --model {model}    your own crystal");
        context.Output.WriteLine("  ./faithful symmetry YOUR-POSCAR                   its exact space group");
        context.Output.WriteLine("  ./faithful train --help                           your own data");
        context.Output.WriteLine("  ./faithful test                                   every law that the program promises");
    }
}
