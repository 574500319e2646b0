using System.Globalization;
using System.Text.Json;
using Faithful.Benchmarks.Comparison;
using Faithful.Testing;

namespace Faithful.Benchmarks.Datasets;

/// <summary>A whole data set through every step of its preparation.</summary>
internal static class DatasetBenchmark
{
    private const string PeersStep = "peers";

    /// <summary>Runs the steps, each in its own process, and prints a table; then the comparison with other libraries.</summary>
    /// <param name="file">The data set.</param>
    /// <param name="steps">The steps, separated by commas; null for all.</param>
    /// <returns>0 when all steps ran.</returns>
    public static int Run(string file, string? steps)
    {
        if (!File.Exists(file) && !Directory.Exists(file))
        {
            throw new FileNotFoundException($"{file}: expected an existing file or folder, found nothing of this name");
        }

        string[] wanted = steps?.Split(',') ?? [.. MeasuredStep.Names, PeersStep];
        if (wanted.Except([.. MeasuredStep.Names, PeersStep]).FirstOrDefault() is string unknown)
        {
            throw new InvalidOperationException($"expected steps among {string.Join(", ", MeasuredStep.Names)}, {PeersStep}, found '{unknown}'");
        }

        using var folder = new TemporaryFolder();
        bool needsPacked = wanted.Intersect(["open", "copy"]).Any() && !wanted.Contains("pack");
        var table = new TextTable("step", "wall s>", "CPU s>", "crystals>", "crystals/s>", "per CPU s>", "peak MB>", "");
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {file}");
        foreach (string step in MeasuredStep.Names.Where(step => wanted.Contains(step) || (step == "pack" && needsPacked)))
        {
            Console.Error.WriteLine($"{step} …");
            StepResult result = Measure(step, file, folder["data.packed"]);
            table.Add(
                result.Name, Seconds(result.WallSeconds), Seconds(result.CpuSeconds), $"{result.Crystals}", Rate(result.Crystals, result.WallSeconds),
                Rate(result.Crystals, result.CpuSeconds), $"{result.PeakBytes / 1_000_000}", result.Note);
        }

        table.Write(Console.Out);
        return wanted.Contains(PeersStep) ? PeerBenchmark.Run(file, PeerBenchmark.StandardSample) : 0;
    }

    private static StepResult Measure(string step, string file, string packed)
    {
        (int exitCode, string output) = OwnProcess.Run("step", step, file, packed);
        return exitCode == 0
            ? JsonSerializer.Deserialize<StepResult>(output)!
            : throw new InvalidOperationException($"the step '{step}' failed with exit code {exitCode}");
    }

    private static string Seconds(double seconds) => seconds.ToString(seconds < 1 ? "0.0000" : "0.0", CultureInfo.InvariantCulture);

    private static string Rate(int crystals, double seconds) => (crystals / seconds).ToString("0", CultureInfo.InvariantCulture);
}
