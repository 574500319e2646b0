using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Faithful.Service.Metrics;

/// <summary>
/// Collects the measurements of one meter and writes them in the text format of Prometheus
/// (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4). Thread-safe.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>The media type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, (Instrument Instrument, ConcurrentDictionary<string, PrometheusSeries> Series)> _instruments = new();

    /// <summary>Starts to listen.</summary>
    /// <param name="meter">The meter.</param>
    public PrometheusText(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                _instruments.TryAdd(instrument.Name, (instrument, new()));
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Writes everything measured so far.</summary>
    /// <returns>The text.</returns>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach ((Instrument instrument, ConcurrentDictionary<string, PrometheusSeries> series) in
            _instruments.Values.OrderBy(entry => entry.Instrument.Name, StringComparer.Ordinal))
        {
            string name = NameOf(instrument);
            text.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(instrument)).Append('\n');
            foreach ((_, PrometheusSeries numbers) in series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                numbers.Write(text, name);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_instruments.TryGetValue(instrument.Name, out var entry))
        {
            return;
        }

        string labels = Labels(tags);
        PrometheusSeries series = entry.Series.GetOrAdd(labels, key => new PrometheusSeries(
            key, (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries));
        if (instrument.IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private static string NameOf(Instrument instrument) => instrument is Counter<long> ? $"{instrument.Name}_total" : instrument.Name;

    private static string TypeOf(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        _ => "gauge",
    };

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach ((string name, object? value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(Escape($"{value}")).Append('"');
        }

        return labels.ToString();
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
