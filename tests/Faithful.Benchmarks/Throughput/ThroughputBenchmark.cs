using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Faithful.Benchmarks.Training;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Serving;

namespace Faithful.Benchmarks.Throughput;

/// <summary>
/// How many crystals of a packed data set a model answers in a second, assembly of the batches and the way of the answers back included:
/// whole passes over the data, the first not counted.
/// </summary>
internal static class ThroughputBenchmark
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Measures, and prints a table, or JSON.</summary>
    /// <param name="source">The crystals.</param>
    /// <param name="folders">Model folders.</param>
    /// <param name="options">How to predict; batch sizes are tried one after the other.</param>
    /// <param name="batchSizes">The largest number of crystals in a batch.</param>
    /// <param name="repeats">How often each crystal is predicted in a pass.</param>
    /// <param name="seconds">The least time of one measurement.</param>
    /// <param name="isJson">Whether the result is to be JSON.</param>
    /// <returns>0.</returns>
    public static int Run(string source, IReadOnlyList<string> folders, PackedPredictorOptions options, IReadOnlyList<int> batchSizes, int repeats, double seconds, bool isJson)
    {
        List<ThroughputResult> results = [];
        foreach (string folder in folders)
        {
            ModelCard card = ModelCard.Read(folder);
            using PackedDataset data = TrainingRows.OpenPacked(source, card.Preparation);
            int[] once = [.. Enumerable.Range(0, data.Count).Where(index => data.FallbackReason(index) is null)];
            int[] rows = [.. Enumerable.Repeat(once, repeats).SelectMany(index => index)]; // a small source keeps no GPU busy for long
            foreach (int batchSize in batchSizes)
            {
                using PackedPredictor predictor = PackedPredictor.Open(folder, options with { MaxCrystalsPerBatch = batchSize });
                if (predictor.DeviceNote is string note)
                {
                    Console.Error.WriteLine($"note: {note}");
                }

                ModelOutput first = predictor.Predict(data, rows), last = first; // memory is taken
                var clock = Stopwatch.StartNew();
                int passes = 0;
                for (; passes == 0 || clock.Elapsed.TotalSeconds < seconds; passes++)
                {
                    last = predictor.Predict(data, rows);
                }

                results.Add(new ThroughputResult(
                    Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
                    predictor.Device,
                    batchSize,
                    rows.Length,
                    passes,
                    (double)passes * rows.Length / clock.Elapsed.TotalSeconds,
                    Difference(first, last)));
            }
        }

        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
            return 0;
        }

        var table = new TextTable("model", "device", "crystals a batch>", "crystals>", "structures/s>", "largest difference between passes>");
        foreach (ThroughputResult result in results)
        {
            table.Add(
                result.Model, result.Device, $"{result.BatchSize}", $"{result.Crystals}",
                result.StructuresPerSecond.ToString("0", CultureInfo.InvariantCulture), result.Difference.ToString("0.0e+0", CultureInfo.InvariantCulture));
        }

        table.Write(Console.Out);
        return 0;
    }

    private static double Difference(ModelOutput first, ModelOutput last) =>
        first.Probabilities.Concat(first.Values).Zip(last.Probabilities.Concat(last.Values), (one, two) => (double)Math.Abs(one - two)).Max();
}
