using System.Diagnostics;
using System.Text.Json;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Neighbors;
using Faithful.Datasets;
using Faithful.Datasets.Purification;
using Faithful.Models;
using Faithful.Models.Packing;

namespace Faithful.Benchmarks.Datasets;

/// <summary>One step of the benchmark, run in a process of its own so that its peak of memory is its own.</summary>
internal static class MeasuredStep
{
    private static readonly PreparationOptions Preparation = new() { Cutoff = 6, UsesSymmetry = true };

    private static readonly (string Name, string Words, Func<string, string, Measured> Work)[] Steps =
    [
        ("read", "read and validate", Read),
        ("purify", "read and purify, symmetry of every crystal", Purify),
        ("pack", "read and pack, 6 Å and symmetry", Pack),
        ("open", "open the packed file", Open),
        ("copy", "read every crystal of the packed file", Copy),
        ("nearest", "12 nearest within 8 Å, one core", Nearest),
        ("edges", "all within 6 Å, one core", Edges),
    ];

    /// <summary>Gets the steps in the order in which they run.</summary>
    public static IReadOnlyList<string> Names => [.. Steps.Select(step => step.Name)];

    /// <summary>Runs a step and prints its result as a line of JSON.</summary>
    /// <param name="name">The step.</param>
    /// <param name="file">The data set.</param>
    /// <param name="packed">Its packed file, written by one step and read by others.</param>
    /// <returns>0.</returns>
    public static int Run(string name, string file, string packed)
    {
        (_, string words, Func<string, string, Measured> work) = Steps.First(step => step.Name == name);
        Measured measured = work(file, packed);
        using var process = Process.GetCurrentProcess();
        var result = new StepResult(words, measured.Crystals, measured.Wall, measured.Cpu, process.PeakWorkingSet64, measured.Note);
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    private static Measured Read(string file, string packed) => Measure(() =>
    {
        (int crystals, long atoms, int errors) = (0, 0, 0);
        foreach (CrystalReadResult result in CrystalSource.Read(file))
        {
            if (result.Record is CrystalRecord record)
            {
                crystals++;
                atoms += record.Crystal.Count;
            }
            else
            {
                errors++;
            }
        }

        return (crystals, $"{atoms} atoms, {errors} errors");
    });

    private static Measured Purify(string file, string packed) => Measure(() =>
    {
        ExaminedDataset examined = Purifier.Examine(BenchmarkData.Read(file));
        PurificationResult result = examined.Purify(null);
        return (result.Read, $"{result.Kept.Length} kept");
    });

    private static Measured Pack(string file, string packed) => Measure(() =>
    {
        PackedDatasetKey key = PackedDatasetKey.Create(ContentDigest.OfPath(file), Preparation);
        PackedDatasetBuilder.Build(packed, key, CrystalSource.Read(file), new PackedDatasetBuildOptions { Source = file });
        using var data = PackedDataset.Open(packed);
        return (data.Count, FormattableString.Invariant($"{data.Edges} edges, {data.FileLength / 1e6:0} MB"));
    });

    private static Measured Open(string file, string packed) => Measure(() =>
    {
        using var data = PackedDataset.Open(packed);
        return (data.Count, "header and length checked");
    });

    private static Measured Copy(string file, string packed) => Measure(() =>
    {
        using var data = PackedDataset.Open(packed);
        long edges = 0;
        for (int index = 0; index < data.Count; index++)
        {
            edges += data[index].Edges;
        }

        return (data.Count, $"{edges} edges, every checksum compared");
    });

    private static Measured Nearest(string file, string packed) => Search(file, record => NeighborSearch.Nearest(record.Crystal, 12, 8).Count);

    private static Measured Edges(string file, string packed) => Search(file, record => NeighborSearch.Find(record.Crystal, 6).Count);

    /// <summary>Measures the search alone: the crystals are in memory before the clock starts.</summary>
    private static Measured Search(string file, Func<CrystalRecord, int> search)
    {
        CrystalRecord[] records = [.. BenchmarkData.Read(file)];
        foreach (CrystalRecord record in records.Take(2000))
        {
            search(record); // compiled and optimised
        }

        Thread.Sleep(500); // while the compiler ends its work in the background
        GC.Collect();
        return Measure(() =>
        {
            long edges = records.Sum(record => (long)search(record));
            return (records.Length, $"{edges} edges; memory holds all crystals");
        });
    }

    private static Measured Measure(Func<(int Crystals, string Note)> work)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        (int crystals, string note) = work();
        double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return new Measured(crystals, wall, (process.TotalProcessorTime - cpu).TotalSeconds, note);
    }

    private readonly record struct Measured(int Crystals, double Wall, double Cpu, string Note);
}
