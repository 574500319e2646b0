using System.Diagnostics;
using System.Globalization;
using Faithful.Crystals;
using Faithful.Crystals.Neighbors;
using Faithful.Models;

namespace Faithful.Benchmarks.Datasets;

/// <summary>How the cost grows: linearly where the last columns stay as they are.</summary>
internal static class ScalingBenchmark
{
    /// <summary>Prints a table over atoms and one over crystals.</summary>
    /// <returns>0.</returns>
    public static int Run()
    {
        var atoms = new TextTable("atoms in the cell>", "12 nearest ms>", "µs an atom>", "within 6 Å ms>", "µs an atom>", "ns an edge>");
        foreach (int cells in new[] { 1, 2, 3, 4, 6, 8, 12, 16 })
        {
            Crystal crystal = BenchmarkData.RockSalt(cells);
            (double nearest, _) = Time(() => NeighborSearch.Nearest(crystal, 12, 8).Count);
            (double within, int edges) = Time(() => NeighborSearch.Find(crystal, 6).Count);
            atoms.Add(
                $"{crystal.Count}", Text(1e3 * nearest), Text(1e6 * nearest / crystal.Count), Text(1e3 * within), Text(1e6 * within / crystal.Count),
                Text(1e9 * within / edges));
        }

        atoms.Write(Console.Out);
        Console.WriteLine();
        Crystal[] sample = [.. BenchmarkData.Read(BenchmarkData.Sample).Select(record => record.Crystal)];
        var crystals = new TextTable("crystals>", "12 nearest ms>", "µs a crystal>", "prepared for 6 Å ms>", "µs a crystal>");
        foreach (int count in new[] { 125, 250, 500, 1000, 2000 })
        {
            // Every so many of the sample, so that each row has the same mix of sizes.
            Crystal[] part = [.. Enumerable.Range(0, count).Select(i => sample[i * (sample.Length / count)])];
            (double nearest, _) = Time(() => part.Sum(crystal => NeighborSearch.Nearest(crystal, 12, 8).Count));
            (double prepared, _) = Time(() => part.Sum(crystal => CrystalPreparation.Prepare(crystal, new PreparationOptions { Cutoff = 6 }).Edges));
            crystals.Add($"{count}", Text(1e3 * nearest), Text(1e6 * nearest / count), Text(1e3 * prepared), Text(1e6 * prepared / count));
        }

        crystals.Write(Console.Out);
        return 0;
    }

    /// <summary>The processor time of the fastest of several runs: what else the machine does can only make a run slower.</summary>
    internal static (double Seconds, int Result) Time(Func<int> work)
    {
        int result = work();
        double best = double.PositiveInfinity;
        long started = Stopwatch.GetTimestamp();
        for (int run = 0; run < 5 || (run < 1000 && Stopwatch.GetElapsedTime(started).TotalSeconds < 0.5); run++)
        {
            double began = ThreadClock.Seconds();
            result = work();
            best = Math.Min(best, ThreadClock.Seconds() - began);
        }

        return (best, result);
    }

    private static string Text(double number) => number.ToString(number < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);
}
