using System.Diagnostics.Metrics;

namespace Faithful.Service.Metrics;

/// <summary>What the service counts. Any listener of <see cref="Meter"/> can have it; <see cref="PrometheusText"/> writes it for GET /metrics.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Faithful.Service";

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] Sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _requestSeconds;
    private readonly Counter<long> _crystals;
    private readonly Counter<long> _badCrystals;
    private readonly Histogram<double> _batchSizes;
    private readonly Histogram<double> _batchSeconds;

    /// <summary>Initialises the instruments.</summary>
    public ServiceMetrics()
    {
        _requests = _meter.CreateCounter<long>("faithful_requests", description: "Requests answered, by route and status.");
        _requestSeconds = _meter.CreateHistogram(
            "faithful_request_seconds", "s", "Time from the first byte of a POST /predict to its answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        _crystals = _meter.CreateCounter<long>("faithful_crystals", description: "Crystals predicted.");
        _badCrystals = _meter.CreateCounter<long>("faithful_bad_crystals", description: "Crystals that could not be read or predicted.");
        _batchSizes = _meter.CreateHistogram<double>(
            "faithful_batch_crystals", description: "Crystals of one run of a model.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Sizes });
        _batchSeconds = _meter.CreateHistogram(
            "faithful_batch_seconds", "s", "Time of one run of a model.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    /// <summary>Gets the meter.</summary>
    public Meter Meter => _meter;

    /// <summary>Adds gauges of what is going on.</summary>
    /// <param name="queues">Gives the crystals that wait, by model.</param>
    /// <param name="crystals">Gives the crystals in the service.</param>
    /// <param name="memory">Gives the bytes that requests have taken.</param>
    public void Watch(Func<IEnumerable<(string Model, int Length)>> queues, Func<long> crystals, Func<long> memory)
    {
        _meter.CreateObservableGauge(
            "faithful_queue_crystals", () => queues().Select(queue => new Measurement<long>(queue.Length, Model(queue.Model))),
            description: "Crystals that wait, by model.");
        _meter.CreateObservableGauge("faithful_active_crystals", crystals, description: "Crystals in the service.");
        _meter.CreateObservableGauge("faithful_request_memory_bytes", memory, description: "Bytes taken by requests and prepared crystals.");
        _meter.CreateObservableGauge(
            "process_resident_memory_bytes", () => Environment.WorkingSet, description: "Resident memory of the process.");
        _meter.CreateObservableGauge(
            "dotnet_heap_bytes", () => GC.GetTotalMemory(forceFullCollection: false), description: "Bytes on the managed heap.");
    }

    /// <summary>Counts an answer.</summary>
    /// <param name="route">The pattern of the route, empty for none.</param>
    /// <param name="status">The HTTP status; 499 where the client left.</param>
    public void Request(string route, int status) =>
        _requests.Add(1, new KeyValuePair<string, object?>("route", route), new KeyValuePair<string, object?>("status", status));

    /// <summary>Counts an answered POST /predict.</summary>
    /// <param name="elapsed">Its time.</param>
    /// <param name="crystals">The crystals that were predicted.</param>
    /// <param name="bad">The crystals with an error.</param>
    public void Predicted(TimeSpan elapsed, int crystals, int bad)
    {
        _requestSeconds.Record(elapsed.TotalSeconds);
        _crystals.Add(crystals);
        _badCrystals.Add(bad);
    }

    /// <summary>Counts a run of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="crystals">The crystals of the batch.</param>
    /// <param name="elapsed">Its time.</param>
    public void Batch(string model, int crystals, TimeSpan elapsed)
    {
        _batchSizes.Record(crystals, Model(model));
        _batchSeconds.Record(elapsed.TotalSeconds, Model(model));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Model(string name) => new("model", name);
}
