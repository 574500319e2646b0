using System.Diagnostics;
using System.Globalization;
using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Poscar;

namespace Faithful.Benchmarks.Serving;

/// <summary>The service under load: time to the first prediction, latency at a steady rate, memory over many requests.</summary>
internal static class ServingBenchmark
{
    private const int Warming = 200; // requests before anything is timed: the runtime compiles what is used often
    private const int Starts = 5;
    private const int Clients = 8;
    private const int Samples = 10;

    /// <summary>Measures and prints.</summary>
    /// <param name="models">The names of the models, separated by commas; null for all under <c>onnx</c>.</param>
    /// <param name="rate">Requests a second, each with one structure.</param>
    /// <param name="seconds">How long they come.</param>
    /// <param name="requests">The requests over which the memory is looked at; 0 for none.</param>
    /// <returns>0.</returns>
    public static int Run(string? models, double rate, double seconds, int requests)
    {
        string[] names = models?.Split(',') ?? [];
        string shown = names.Length > 0 ? string.Join(", ", names) : "all models";
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {shown}");
        (string Name, byte[] Text)[] structures = [.. Structures()];
        PrintStarts(names, structures[0].Text);
        using ServingProcess service = ServingProcess.Start(names);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = service.Address };
        for (int i = 0; i < Warming; i++)
        {
            PostAsync(client, structures[i % structures.Length].Text).GetAwaiter().GetResult();
        }

        PrintLatencies(service, client, structures, rate, seconds);
        if (requests > 0)
        {
            PrintMemory(service, client, structures, requests);
        }

        return 0;
    }

    private static void PrintStarts(string[] names, byte[] structure)
    {
        List<double> served = [], predicted = [];
        string example = Path.Combine(BenchmarkData.Root, "datasets", "examples", "Si.poscar");
        for (int i = 0; i < Starts; i++)
        {
            long started = Stopwatch.GetTimestamp();
            using (ServingProcess service = ServingProcess.Start(names))
            {
                using var client = new HttpClient { BaseAddress = service.Address };
                PostAsync(client, structure).GetAwaiter().GetResult();
                served.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            started = Stopwatch.GetTimestamp();
            using Process predict = Process.Start(ServingProcess.Command(
                ["predict", example, "--device", "cpu", "--json", .. names.SelectMany(name => new[] { "--model", name })]))!;
            _ = predict.StandardOutput.ReadToEnd();
            predict.WaitForExit();
            predicted.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        Print($"first prediction of a fresh process, median of {Starts}: serve {Median(served):0.00} s, predict {Median(predicted):0.00} s");
    }

    /// <summary>Requests come at their times whether earlier ones were answered or not, and are timed from then on: waiting counts.</summary>
    private static void PrintLatencies(ServingProcess service, HttpClient client, (string Name, byte[] Text)[] structures, double rate, double seconds)
    {
        int count = (int)(rate * seconds);
        var latencies = new double[count];
        var answers = new Task[count];
        TimeSpan before = service.ProcessorTime;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            double due = i / rate;
            double early = due - Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (early > 0)
            {
                Thread.Sleep(TimeSpan.FromSeconds(early));
            }

            int index = i;
            answers[i] = Task.Run(async () =>
            {
                await PostAsync(client, structures[index % structures.Length].Text).ConfigureAwait(false);
                latencies[index] = Stopwatch.GetElapsedTime(started).TotalSeconds - due;
            });
        }

        Task.WhenAll(answers).GetAwaiter().GetResult();
        double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double load = (service.ProcessorTime - before).TotalSeconds / wall;
        Array.Sort(latencies);
        Print($"{count} structures at {rate:0.#} a second: p50 {1000 * At(0.5):0.0} ms, p90 {1000 * At(0.9):0.0} ms, p99 {1000 * At(0.99):0.0} ms, largest {1000 * latencies[^1]:0.0} ms; processors busy {load:0.00}");

        double At(double share) => latencies[(int)Math.Min(count - 1, share * count)];
    }

    private static void PrintMemory(ServingProcess service, HttpClient client, (string Name, byte[] Text)[] structures, int requests)
    {
        List<string> megabytes = [];
        long started = Stopwatch.GetTimestamp();
        for (int sample = 0; sample < Samples; sample++)
        {
            int next = 0, share = requests / Samples;
            Task[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
            {
                for (int i = Interlocked.Increment(ref next); i <= share; i = Interlocked.Increment(ref next))
                {
                    await PostAsync(client, structures[i % structures.Length].Text).ConfigureAwait(false);
                }
            }))];
            Task.WhenAll(clients).GetAwaiter().GetResult();
            megabytes.Add(service.MemoryMegabytes.ToString("0", CultureInfo.InvariantCulture));
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Print($"{requests} requests by {Clients} clients: {requests / seconds:0} a second; resident memory after each tenth, MB: {string.Join(", ", megabytes)}");
    }

    /// <summary>The example crystals, and as many of the sample of the project.</summary>
    private static IEnumerable<(string Name, byte[] Text)> Structures()
    {
        CrystalRecord[] examples = [.. BenchmarkData.Read(Path.Combine(BenchmarkData.Root, "datasets", "examples"))];
        return examples.Zip(BenchmarkData.Spread(BenchmarkData.Sample, examples.Length)).SelectMany(pair => new[] { pair.First, pair.Second })
            .Select(record => (record.Id, Encoding.UTF8.GetBytes(PoscarWriter.ToText(record.Crystal))));
    }

    private static async Task PostAsync(HttpClient client, byte[] text)
    {
        using var content = new ByteArrayContent(text) { Headers = { ContentType = new("text/plain") } };
        using HttpResponseMessage answer = await client.PostAsync("/predict", content).ConfigureAwait(false);
        string body = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"expected predictions, found {(int)answer.StatusCode}: {body}");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
