using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Benchmarks.Training;

/// <summary>Training of one network in one preset, with several batch sizes: the real trainer on crystals that lie on the device.</summary>
internal static class NetworkMeasurement
{
    private const int MostEpochs = 100_000; // until the clock has seen enough
    private const int MostValidationCrystals = 64;
    private const double LeastSecondsOnGpu = 2; // for the readings of its use

    /// <summary>Measures, and prints a line of JSON for each batch size.</summary>
    /// <param name="arguments">Options that name one network and one preset.</param>
    /// <returns>0.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        TrainingBenchmarkOptions options = TrainingBenchmarkOptions.Parse(arguments);
        using GpuMonitor? monitor = options.Device == "cpu" ? null : GpuMonitor.TryStart();
        long? memoryBefore = monitor?.FirstMemory();
        torch.Device device = FindDevice(options.Device);
        LearningTask task = TrainingRows.FindTask(options.Data, options.Task);
        NetworkOptions network = NetworkPresets.Find(options.Models[0], options.Presets[0], task.Name);
        PreparationOptions preparation = network.Preparation(task.UsesSymmetry);
        using TrainingRows rows = TrainingRows.Open(options.Data, task, preparation);
        bool isGpu = device.type == DeviceType.CUDA;
        foreach (int batchSize in options.BatchSizesOn(isGpu))
        {
            var description = new RunDescription
            {
                Model = options.Models[0],
                Preset = options.Presets[0],
                Task = rows.Task,
                Network = network,
                Preparation = preparation,
                Training = NetworkPresets.Training(options.Models[0], options.Presets[0], task.Name) with { Epochs = MostEpochs, BatchSize = batchSize },
                Fallback = new FallbackPrediction(),
                Data = new TrainingSummary
                {
                    Data = Path.GetFileName(options.Data),
                    DataSha256 = string.Empty,
                    Crystals = rows.Count,
                    Epochs = 0,
                    BestEpoch = 0,
                    Seed = 0,
                    TestFraction = 0,
                    ValidationFraction = 0,
                    Elements = [],
                    SmallestVolumePerAtom = 0,
                    LargestVolumePerAtom = 0,
                },
            };
            var speed = new TrainingSpeed
            {
                Model = description.Model,
                Preset = description.Preset,
                Parameters = description.BuildNetwork().Layout.Count,
                BatchSize = batchSize,
                Task = task.Name,
                Device = isGpu ? monitor?.Name ?? device.ToString() : device.ToString(),
            };
            try
            {
                speed = Measure(speed, description, rows, options, device, monitor, memoryBefore);
            }
            catch (ExternalException fault) when (fault.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
            {
                speed = speed with { Fault = "out of memory" };
            }

            Console.WriteLine(JsonSerializer.Serialize(speed));
        }

        return 0;
    }

    private static TrainingSpeed Measure(
        TrainingSpeed speed,
        RunDescription description,
        TrainingRows rows,
        TrainingBenchmarkOptions options,
        torch.Device device,
        GpuMonitor? monitor,
        long? memoryBefore)
    {
        bool isGpu = device.type == DeviceType.CUDA;
        int steps = options.StepsOn(isGpu);
        using ResidentDataset training = rows.Spread((int)Math.Min(rows.Count, (long)steps * speed.BatchSize), device);
        using ResidentDataset validation = rows.Spread(Math.Min(rows.Count, MostValidationCrystals), device);
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var clock = new EpochClock(
            training.Count, (training.Count + speed.BatchSize - 1) / speed.BatchSize, steps, isGpu ? LeastSecondsOnGpu : 0, stop);
        DateTime begin = DateTime.Now;
        try
        {
            Trainer.Run(
                description.BuildNetwork(), training, validation, description.Training, RunFolder.Create(folder["run"], description), clock, cancellation: stop.Token);
        }
        catch (OperationCanceledException) when (clock.HasRunOutOfMemory)
        {
            // Stopped within the first epoch.
        }

        if (clock.HasRunOutOfMemory)
        {
            return speed with { Fault = "out of memory" };
        }

        DateTime end = DateTime.Now;
        TrainingPhases? phases = options.Phases ? PhaseTimer.Run(description.BuildNetwork(), training, speed.BatchSize, steps) : null;
        using var process = Process.GetCurrentProcess();
        return speed with
        {
            Steps = clock.Steps,
            StructuresPerSecond = clock.StructuresPerSecond,
            WholeStructuresPerSecond = clock.WholeStructuresPerSecond,
            StepMilliseconds = clock.StepMilliseconds,
            GpuBusy = isGpu ? monitor?.Within(clock.Stretches).Busy : null,
            PeakBytes = isGpu ? monitor?.Within([(begin, end)]).PeakBytes - memoryBefore : process.PeakWorkingSet64,
            Phases = phases,
        };
    }

    private static torch.Device FindDevice(string name)
    {
        bool hasCuda = name != "cpu" && torch.cuda.is_available();
        return name == "cuda" && !hasCuda
            ? throw new InvalidOperationException("--device cuda: libtorch finds no CUDA device on this machine")
            : hasCuda ? torch.CUDA : torch.CPU;
    }
}
