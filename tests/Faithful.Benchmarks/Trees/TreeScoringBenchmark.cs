using System.Diagnostics;
using System.Globalization;
using Faithful.Benchmarks.Training;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Serving;

namespace Faithful.Benchmarks.Trees;

/// <summary>How many rows of descriptors a model of trees scores in a second, in batches of several sizes and as it is served.</summary>
internal static class TreeScoringBenchmark
{
    private const int MostRows = 20_000;
    private const double SecondsToMeasure = 3;

    /// <summary>Prints a row for each size of batches, and one for whole predictions.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="source">The crystals; their descriptors are kept in the program's folder of caches.</param>
    /// <returns>0.</returns>
    public static int Run(string folder, string source)
    {
        using CrystalPredictor predictor = CrystalPredictor.Open(folder, new ServingOptions { Device = ServingDevice.Cpu });
        if (predictor.Card.Preparation.Descriptors is null)
        {
            throw new InvalidOperationException($"{folder}: expected a model of trees, found {predictor.Card.Model}");
        }

        PredictionInput[] rows = Read(source, predictor.Card.Preparation);
        var table = new TextTable("what", "rows/s>", "processor µs a row>");
        foreach (int size in new[] { 1, 32, 256, 4096 })
        {
            CrystalBatch[] batches = [.. rows.Select(row => row.Crystal).Chunk(size).Select(chunk => CrystalBatch.Pack(chunk))];
            Add(table, $"ONNX Runtime, batches of {size}", batches, batch => predictor.Run(batch).Crystals);
        }

        Add(table, "predictions with classes and confidence", [rows], all => predictor.PredictPrepared(all).Count());
        table.Write(Console.Out);
        Console.WriteLine($"{rows.Length} crystals, {Environment.ProcessorCount} processors");
        return 0;
    }

    private static PredictionInput[] Read(string source, PreparationOptions preparation)
    {
        using PackedDataset data = TrainingRows.OpenPacked(source, preparation);
        int[] usable = [.. Enumerable.Range(0, data.Count).Where(index => data.FallbackReason(index) is null)];
        int count = Math.Min(MostRows, usable.Length);
        return
        [
            .. Enumerable.Range(0, count).Select(i => usable[(int)((long)i * usable.Length / count)])
                .Select(index => new PredictionInput(data.Id(index), data[index], data.Composition(index), data.VolumePerAtom(index))),
        ];
    }

    // What else the machine does makes the time longer and the processor time hardly.
    private static void Add<T>(TextTable table, string what, T[] parts, Func<T, int> work)
    {
        work(parts[0]);
        var clock = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long rows = 0;
        for (int part = 0; clock.Elapsed.TotalSeconds < SecondsToMeasure; part = (part + 1) % parts.Length)
        {
            rows += work(parts[part]);
        }

        double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        table.Add(
            what,
            (rows / clock.Elapsed.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture),
            (1e6 * processor / rows).ToString("0.0", CultureInfo.InvariantCulture));
    }
}
