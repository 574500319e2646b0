using System.Globalization;
using System.Text.Json;

namespace Faithful.Benchmarks.Training;

/// <summary>The training speed of every network and preset on the machine at hand.</summary>
internal static class TrainingBenchmark
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Measures each network in a process of its own, and prints a table, or JSON.</summary>
    /// <param name="arguments">The options.</param>
    /// <returns>0 when every network was measured, else 1.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        TrainingBenchmarkOptions options = TrainingBenchmarkOptions.Parse(arguments);
        if (!File.Exists(options.Data) && !Directory.Exists(options.Data))
        {
            throw new FileNotFoundException($"{options.Data}: expected an existing file or folder, found nothing of this name");
        }

        List<TrainingSpeed> speeds = [];
        List<string> failed = [];
        foreach ((string model, string preset) in options.Models.SelectMany(model => options.Presets.Select(preset => (model, preset))))
        {
            Console.Error.WriteLine($"{model} {preset} …");
            (int exitCode, string output) = OwnProcess.Run(["training-network", .. options.Arguments(model, preset)]);
            speeds.AddRange(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<TrainingSpeed>(line)!));
            if (exitCode != 0)
            {
                failed.Add($"{model} {preset}: its process ended with exit code {exitCode}");
            }
        }

        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(speeds, Json));
        }
        else if (speeds.Count > 0)
        {
            Print(options, speeds);
        }

        failed.ForEach(Console.Error.WriteLine);
        return failed.Count == 0 ? 0 : 1;
    }

    private static void Print(TrainingBenchmarkOptions options, List<TrainingSpeed> speeds)
    {
        Console.WriteLine(
            $"{speeds[0].Device}, {Environment.ProcessorCount} processors, .NET {Environment.Version}, {Path.GetFileName(options.Data)}, task {speeds[0].Task}");
        var table = new TextTable("network", "preset", "parameters>", "batch>", "structures/s>", "epoch to epoch>", "ms/step>", "steps>", "GPU busy>", "peak MB>", "");
        foreach (TrainingSpeed speed in speeds)
        {
            bool measured = speed.Fault is null;
            table.Add(
                speed.Model, speed.Preset, $"{speed.Parameters}", $"{speed.BatchSize}",
                measured ? Number(speed.StructuresPerSecond, "0") : "–",
                measured ? Number(speed.WholeStructuresPerSecond, "0") : "–",
                measured ? Number(speed.StepMilliseconds, "0.00") : "–",
                $"{speed.Steps}",
                speed.GpuBusy is double busy ? Number(100 * busy, "0") + " %" : "–",
                speed.PeakBytes is long bytes ? $"{bytes / 1_000_000}" : "–",
                speed.Fault ?? "");
        }

        table.Write(Console.Out);
        if (!options.Phases)
        {
            return;
        }

        Console.WriteLine();
        Console.WriteLine("parts of a step, each waited for, ms (until the host had queued it)");
        var parts = new TextTable("network", "preset", "batch>", "assembly>", "forward>", "backward>", "optimizer>", "sum>", "not waited for>");
        foreach (TrainingSpeed speed in speeds)
        {
            if (speed.Phases is TrainingPhases phases)
            {
                PhaseTime[] times = [phases.Assembly, phases.Forward, phases.Backward, phases.Optimizer];
                parts.Add(
                    [
                        speed.Model, speed.Preset, $"{speed.BatchSize}",
                        .. times.Append(new PhaseTime(times.Sum(time => time.Host), times.Sum(time => time.Whole)))
                            .Select(time => $"{Number(time.Whole, "0.00")} ({Number(time.Host, "0.00")})"),
                        Number(speed.StepMilliseconds, "0.00"),
                    ]);
            }
        }

        parts.Write(Console.Out);
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
