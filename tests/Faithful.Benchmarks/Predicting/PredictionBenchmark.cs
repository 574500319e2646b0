using System.Globalization;
using System.Text.Json;
using Faithful.Crystals;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Onnx;
using Faithful.Serving;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Benchmarks.Predicting;

/// <summary>
/// Speed of prediction on the processor: the same network in ONNX Runtime and in eager libtorch from packed arrays, turn and turn about
/// so that other work on the machine meets both; and the whole way from the text of a POSCAR to a prediction.
/// </summary>
internal static class PredictionBenchmark
{
    private const int SmallAtoms = 10; // of the crystals of the whole way
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Measures, and prints a table, or JSON.</summary>
    /// <param name="arguments">The options.</param>
    /// <returns>0.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        PredictionBenchmarkOptions options = PredictionBenchmarkOptions.Parse(arguments);
        torch.set_num_threads(options.Threads);
        Crystal[] crystals = [.. BenchmarkData.Spread(options.Data, options.Crystals).Select(record => record.Crystal)];
        List<PredictionSpeed> speeds = [.. options.Models.SelectMany(model => Compare(model, crystals, options))];
        string[] texts = [.. BenchmarkData.Read(options.Data).Select(record => record.Crystal).Where(crystal => crystal.Count == SmallAtoms)
            .Take(options.Crystals).Select(crystal => PoscarWriter.ToText(crystal))];
        WholeWaySpeed? whole = texts.Length == 0 ? null : MeasureWholeWay(texts, options);
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { options.Data, options.Threads, Packed = speeds, WholeWay = whole }, Json));
            return 0;
        }

        Console.WriteLine($"{options.Threads} threads of {Environment.ProcessorCount} processors, {Path.GetFileName(options.Data)}: {crystals.Length} crystals of {crystals.Average(crystal => crystal.Count):0.0} atoms");
        var table = new TextTable("network", "crystals a batch>", "edges a crystal>", "libtorch, structures/s>", "ONNX Runtime, structures/s>", "ratio>", "largest difference>");
        foreach (PredictionSpeed speed in speeds)
        {
            table.Add(
                speed.Model, $"{speed.BatchSize}", Number(speed.EdgesPerCrystal, "0"), Number(speed.EagerStructuresPerSecond, "0"),
                Number(speed.OnnxStructuresPerSecond, "0"), Number(speed.Ratio, "0.00"), Number(speed.LargestDifference, "0.0e+0"));
        }

        table.Write(Console.Out);
        foreach (string model in options.Models)
        {
            PredictionSpeed[] own = [.. speeds.Where(speed => speed.Model == model)];
            (double eager, double onnx) = (own.Max(speed => speed.EagerStructuresPerSecond), own.Max(speed => speed.OnnxStructuresPerSecond));
            Console.WriteLine($"{model}, each with its best batch: {Number(onnx, "0")} against {Number(eager, "0")} structures/s, {Number(onnx / eager, "0.00")} times");
        }

        Console.WriteLine(whole is null
            ? $"no crystal of {SmallAtoms} atoms in {options.Data}"
            : $"{whole.Model} from the text of a POSCAR of {SmallAtoms} atoms to its prediction: {Number(whole.StructuresPerSecond, "0")} structures/s " +
                $"(of {whole.Crystals} different ones; without the network {Number(whole.PreparedPerSecond, "0")})");
        return 0;
    }

    private static IEnumerable<PredictionSpeed> Compare(string model, Crystal[] crystals, PredictionBenchmarkOptions options)
    {
        using var folder = new TemporaryFolder();
        (Network network, float[] values) = Export(model, folder.Path);
        using var state = new NetworkState(network.Layout, values, torch.CPU);
        using CrystalPredictor predictor = Open(folder.Path, options);
        PreparedCrystal[] prepared =
            [.. crystals.Select(crystal => CrystalPreparation.Prepare(crystal, network.Preparation)).Where(crystal => crystal.FallbackReason is null)];
        foreach (int size in options.BatchSizes)
        {
            CrystalBatch[] batches = [.. prepared.Chunk(size).Where(batch => batch.Length == size).Select(CrystalBatch.Pack)];
            if (batches.Length == 0)
            {
                continue;
            }

            double difference = 0, eager = 0, onnx = 0;
            int done = 0;
            for (int i = 0; eager + onnx < options.Seconds || i < batches.Length; i++)
            {
                CrystalBatch batch = batches[i % batches.Length];
                (float[] one, double eagerSeconds) = Timed(() => Trainer.Predict(network, state, batch));
                (ModelOutput two, double onnxSeconds) = Timed(() => predictor.Run(batch));
                if (i == 0)
                {
                    continue; // buffers are taken and code is compiled
                }

                double scale = Math.Max(1, one.Max(MathF.Abs));
                difference = Math.Max(difference, one.Zip(two.Logits, (a, b) => Math.Abs(a - b)).Max() / scale);
                (eager, onnx, done) = (eager + eagerSeconds, onnx + onnxSeconds, done + size);
            }

            yield return new PredictionSpeed(model, size, batches.Average(batch => (double)batch.Edges / batch.Crystals), done / eager, done / onnx, difference);
        }
    }

    private static WholeWaySpeed MeasureWholeWay(string[] texts, PredictionBenchmarkOptions options)
    {
        const string Model = "cann";
        using var folder = new TemporaryFolder();
        (Network network, _) = Export(Model, folder.Path);
        using var predictor = CrystalPredictor.Open(folder.Path, new ServingOptions { Device = ServingDevice.Cpu }); // as the program has it
        double whole = Rate(() => predictor.PredictTexts(texts));
        double prepared = Rate(() => texts.AsParallel().WithDegreeOfParallelism(options.Threads)
            .Select(text => CrystalPreparation.Prepare(PoscarReader.Parse(text), network.Preparation)).Count());
        return new WholeWaySpeed(Model, texts.Length, whole, prepared);

        double Rate(Action pass)
        {
            pass();
            double seconds = 0;
            int done = 0;
            for (; seconds < options.Seconds; done += texts.Length)
            {
                seconds += Timed(() => { pass(); return 0; }).Seconds;
            }

            return done / seconds;
        }
    }

    private static void PredictTexts(this CrystalPredictor predictor, string[] texts)
    {
        // Reading is a part of the way; it waits while the network computes, as in the program.
        foreach (string[] window in texts.Chunk(CrystalPredictor.StreamWindow))
        {
            _ = predictor.Predict([.. window.Select(text => ("", PoscarReader.Parse(text)))]);
        }
    }

    private static CrystalPredictor Open(string folder, PredictionBenchmarkOptions options) =>
        CrystalPredictor.Open(folder, new ServingOptions { Device = ServingDevice.Cpu, IntraOpThreads = options.Threads });

    /// <summary>Exports the preset <c>best</c> with random parameters: what they are does not matter for speed.</summary>
    private static (Network Network, float[] Values) Export(string model, string folder)
    {
        var task = new ModelTask { Name = "tqc", Kind = TaskKind.Classification, Classes = ["LCEBR", "NLC", "SEBR", "ES", "ESFD"], UsesSymmetry = true };
        Network network = NetworkPresets.Find(model, "best", task.Name).Build(new NetworkSpecification { Task = task });
        float[] values = network.Layout.Initialize(1);
        var card = new ModelCard
        {
            Model = model,
            Preset = "best",
            Task = task,
            Preparation = network.Preparation,
            Inputs = [.. network.Inputs.Select(input => input.Name)],
            Fallback = new FallbackPrediction { ClassFrequencies = [0.2, 0.2, 0.2, 0.2, 0.2] },
            Training = new TrainingSummary
            {
                Data = "none",
                DataSha256 = string.Empty,
                Crystals = 0,
                Epochs = 0,
                BestEpoch = 0,
                Seed = 1,
                TestFraction = 0,
                ValidationFraction = 0,
                Elements = [],
                SmallestVolumePerAtom = 0,
                LargestVolumePerAtom = 0,
            },
            Parameters = network.Layout.Count,
        };
        NetworkExporter.Export(network, values, card, folder);
        return (network, values);
    }

    private static (T Result, double Seconds) Timed<T>(Func<T> work)
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        T result = work();
        return (result, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
