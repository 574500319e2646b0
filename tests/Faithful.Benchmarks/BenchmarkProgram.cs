using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Faithful.Benchmarks.Comparison;
using Faithful.Benchmarks.Datasets;
using Faithful.Benchmarks.Predicting;
using Faithful.Benchmarks.Recording;
using Faithful.Benchmarks.Serving;
using Faithful.Benchmarks.Throughput;
using Faithful.Benchmarks.Training;
using Faithful.Benchmarks.Trees;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Benchmarks;

/// <summary>The program's commands.</summary>
internal static class BenchmarkProgram
{
    private const string Usage = """
        benchmark datasets FILE [--steps read,pack,open,…]   a whole data set: time, speed and memory, a process for each step; then the peers
        benchmark peers FILE [--sample 500]                  neighbours and symmetry beside ASE, pymatgen and spglib's own Python, on one core
        benchmark training [--data SOURCE] [--task T] [--device auto|cpu|cuda] [--models nnn,cgnn,…] [--presets best,…]
                           [--batch-size 256,1024,…] [--steps 100] [--phases] [--json]
                                                             training speed of every network: structures/s, memory, share of busy time
        benchmark throughput MODEL-FOLDER,… FILE [--device auto|cpu|cuda] [--batch-size 1024,…] [--workers N] [--at-once 4]
                           [--atoms 32768] [--edges 1000000] [--pageable] [--tf32] [--repeat 1] [--seconds 5] [--json]
                                                             structures/s of ONNX Runtime over a packed data set, batches assembled by the way
        benchmark trees MODEL-FOLDER FILE                    rows of descriptors that a model of trees scores in a second
        benchmark serving [--models cgnn-tqc,…] [--rate 50] [--seconds 30] [--requests 100000]
                                                             the service: first prediction, latency at a rate, memory over many requests
        benchmark prediction [--data SOURCE] [--models cgnn,…] [--batch-size 1,8,…] [--threads 2] [--crystals 512] [--seconds 5] [--json]
                                                             speed of prediction on the processor: ONNX Runtime beside libtorch, and from text to prediction
        benchmark scaling                                    cost of a crystal against its atoms, and of a data set against its crystals
        benchmark micro [--filter '*Neighbour*']             single operations under BenchmarkDotNet; further options are its own

        Every benchmark but micro takes [--record FILE.md [--record-as NAME]]: what it prints, its command line and the machine
        become the part NAME of the file, between the lines <!-- benchmark NAME:begin --> and <!-- benchmark NAME:end -->.
        """;

    public static int Run(string[] args)
    {
        try
        {
            (string[] arguments, BenchmarkRecord? record) = BenchmarkRecord.Take(args);
            return record is null ? Measure(arguments) : record.Run(() => Measure(arguments));
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine($"error: {wrong.Message}");
            return 2;
        }
        catch (Exception fault) when (fault is ModelFolderException or IOException or InvalidOperationException or FormatException or LabelException)
        {
            Console.Error.WriteLine($"error: {fault.Message}");
            return 1;
        }
    }

    private static int Measure(string[] args) => args switch
    {
        ["datasets", string file, .. string[] more] => DatasetBenchmark.Run(file, Option(more, "--steps")),
        ["step", string name, string file, string packed] => MeasuredStep.Run(name, file, packed),
        ["peers", string file, .. string[] more] => PeerBenchmark.Run(file, int.Parse(Option(more, "--sample") ?? "500")),
        ["training", .. string[] more] => TrainingBenchmark.Run(more),
        ["training-network", .. string[] more] => NetworkMeasurement.Run(more),
        ["throughput", string folders, string file, .. string[] more] => Throughput(folders, file, more),
        ["trees", string folder, string file] => TreeScoringBenchmark.Run(folder, file),
        ["serving", .. string[] more] => Serve(more),
        ["prediction", .. string[] more] => PredictionBenchmark.Run(more),
        ["scaling"] => ScalingBenchmark.Run(),
        ["micro", .. string[] more] => Micro(more.Length == 0 ? ["--filter", "*"] : more),
        _ => Wrong(),
    };

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;

    private static int Throughput(string folders, string file, string[] more)
    {
        var options = new PackedPredictorOptions
        {
            Device = Enum.TryParse(Option(more, "--device") ?? "auto", ignoreCase: true, out ServingDevice device) ? device : throw new ArgumentException("--device: expected auto, cpu or cuda"),
            Workers = Number("--workers", "0"),
            AtOnce = Number("--at-once", "4"),
            MaxAtomsPerBatch = Number("--atoms", "32768"),
            MaxEdgesPerBatch = Number("--edges", "1000000"),
            PageLocked = !more.Contains("--pageable"),
            AllowsTensorFloat32 = more.Contains("--tf32"),
        };
        if (options.Validate() is [string fault, ..])
        {
            throw new ArgumentException(fault);
        }

        int[] batchSizes = [.. (Option(more, "--batch-size") ?? "1024").Split(',').Select(int.Parse)];
        return ThroughputBenchmark.Run(file, folders.Split(','), options, batchSizes, Number("--repeat", "1"), Number("--seconds", "5"), more.Contains("--json"));

        int Number(string name, string otherwise) => int.TryParse(Option(more, name) ?? otherwise, out int number)
            ? number
            : throw new ArgumentException($"{name}: expected a whole number; found '{Option(more, name)}'");
    }

    private static int Serve(string[] more)
    {
        return ServingBenchmark.Run(Option(more, "--models"), Number("--rate", 50), Number("--seconds", 30), (int)Number("--requests", 100_000));

        double Number(string name, double otherwise) => Option(more, name) is not string word ? otherwise
            : double.TryParse(word, CultureInfo.InvariantCulture, out double number) && number >= 0 ? number
            : throw new ArgumentException($"{name}: expected a number of 0 or more; found '{word}'");
    }

    private static int Micro(string[] args)
    {
        // In this process: a project of its own would inherit the strict settings of this repository.
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(TestData.RepositoryRoot, "artifacts", "benchmarks"));
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args, config);
        return 0;
    }

    private static int Wrong()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
