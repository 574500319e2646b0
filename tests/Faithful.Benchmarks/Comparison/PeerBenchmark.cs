using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Faithful.Benchmarks.Datasets;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;
using Faithful.Testing;

namespace Faithful.Benchmarks.Comparison;

/// <summary>
/// The 12 nearest neighbours within 8 Å and the space groups of the same crystals by other libraries, on one core each, and
/// whether the answers agree. Peers are timed for the search alone, without building their objects and without choosing the
/// nearest 12 of what they found; Faithful's time includes the choice.
/// </summary>
internal static class PeerBenchmark
{
    /// <summary>The number of crystals, spread evenly over the data set.</summary>
    public const int StandardSample = 500;

    private const int Neighbors = 12;
    private const double Cutoff = 8;
    private const double Agreement = 1e-6; // Å

    /// <summary>Compares and prints a table.</summary>
    /// <param name="file">The data set.</param>
    /// <param name="count">The number of crystals.</param>
    /// <returns>0 when every peer that is installed agrees.</returns>
    public static int Run(string file, int count)
    {
        CrystalRecord[] records = BenchmarkData.Spread(file, count);
        using var folder = new TemporaryFolder();
        Export(folder["sample.json"], records);
        Dictionary<string, double> own = new() { ["neighbors"] = Nearest(records).Seconds, ["symmetry"] = SpaceGroups(records).Seconds };
        var table = new TextTable("task", "library", "CPU s>", "crystals/s>", "slower by>", "agrees");
        bool allAgree = true;
        foreach ((string task, double seconds) in own)
        {
            table.Add(Words(task), "Faithful", Text(seconds), Rate(records.Length, seconds), "1", "");
            foreach (PeerResult peer in Peers(task, folder))
            {
                if (peer.Skipped is not null)
                {
                    table.Add(Words(task), peer.Library, "", "", "", $"skipped: {peer.Skipped}");
                    continue;
                }

                string disagreement = task == "neighbors" ? CompareDistances(records, peer) : CompareGroups(records, peer);
                allAgree &= disagreement.StartsWith("yes", StringComparison.Ordinal);
                table.Add(Words(task), peer.Library, Text(peer.Seconds), Rate(records.Length, peer.Seconds), Text(peer.Seconds / seconds), disagreement);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{records.Length} crystals of {file}, {records.Sum(record => record.Crystal.Count)} atoms, one core");
        table.Write(Console.Out);
        return allAgree ? 0 : 1;
    }

    private static (double Seconds, int Result) Nearest(CrystalRecord[] records) =>
        ScalingBenchmark.Time(() => records.Sum(record => NeighborSearch.Nearest(record.Crystal, Neighbors, Cutoff).Count));

    private static (double Seconds, int Result) SpaceGroups(CrystalRecord[] records) =>
        ScalingBenchmark.Time(() => records.Sum(record => SymmetryFinder.Analyze(record.Crystal).SpaceGroupNumber));

    private static string Words(string task) => task == "neighbors" ? $"{Neighbors} nearest within {Cutoff} Å" : "space group, 0.1 Å, 5°";

    private static void Export(string path, CrystalRecord[] records)
    {
        using FileStream stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartArray();
        foreach (Crystal crystal in records.Select(record => record.Crystal))
        {
            json.WriteStartObject();
            WriteVectors("lattice", [crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C]);
            json.WriteStartArray("numbers");
            foreach (Element element in crystal.Species)
            {
                json.WriteNumberValue(element.AtomicNumber);
            }

            json.WriteEndArray();
            WriteVectors("frac", crystal.FractionalPositions);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void WriteVectors(string name, IEnumerable<Vector3D> vectors)
        {
            json.WriteStartArray(name);
            foreach (Vector3D vector in vectors)
            {
                json.WriteStartArray();
                json.WriteNumberValue(vector.X);
                json.WriteNumberValue(vector.Y);
                json.WriteNumberValue(vector.Z);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Runs the script, whose libraries are those of the system's Python.</summary>
    private static List<PeerResult> Peers(string task, TemporaryFolder folder)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peers", "peers.py");
        var start = new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3")
        {
            ArgumentList = { script, task, folder["sample.json"], folder["result.json"], $"{Neighbors}", Cutoff.ToString(CultureInfo.InvariantCulture) },
        };
        foreach (string variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
        {
            start.Environment[variable] = "1";
        }

        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<List<PeerResult>>(File.ReadAllText(folder["result.json"]), JsonSerializerOptions.Web)!
                : [new PeerResult("Python", $"the script ended with exit code {process.ExitCode}", 0, [], [])];
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return [new PeerResult("Python", error.Message, 0, [], [])];
        }
    }

    private static string CompareDistances(CrystalRecord[] records, PeerResult peer)
    {
        double largest = 0;
        for (int i = 0; i < records.Length; i++)
        {
            NeighborList list = NeighborSearch.Nearest(records[i].Crystal, Neighbors, Cutoff);
            ILookup<int, double> own = Enumerable.Range(0, list.Count).ToLookup(edge => list.Target[edge], edge => list.Distances[edge]);
            for (int atom = 0; atom < records[i].Crystal.Count; atom++)
            {
                double[] expected = [.. own[atom].Order()], found = peer.Distances[i][atom];
                if (expected.Length != found.Length)
                {
                    return $"no: {records[i].Id}, atom {atom + 1} has {found.Length} neighbours, here {expected.Length}";
                }

                largest = expected.Zip(found, (a, b) => Math.Abs(a - b)).Append(largest).Max();
            }
        }

        string difference = largest.ToString("0.0e+0", CultureInfo.InvariantCulture);
        return largest < Agreement ? $"yes, to {difference} Å" : $"no, distances differ by {difference} Å";
    }

    private static string CompareGroups(CrystalRecord[] records, PeerResult peer)
    {
        int same = records.Where((record, i) => SymmetryFinder.Analyze(record.Crystal).SpaceGroupNumber == peer.Groups[i]).Count();
        return same == records.Length ? "yes, all" : $"no, {same} of {records.Length}";
    }

    private static string Text(double number) => number.ToString(number < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    private static string Rate(int crystals, double seconds) => (crystals / seconds).ToString("0", CultureInfo.InvariantCulture);
}
