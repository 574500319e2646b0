using System.Globalization;
using System.Text;

namespace Faithful.Service.Metrics;

/// <summary>The numbers of one instrument for one set of labels. Thread-safe.</summary>
/// <param name="labels">The labels as Prometheus writes them, without braces; empty for none.</param>
/// <param name="bounds">The upper bounds of a histogram's buckets; null for a counter or a gauge.</param>
internal sealed class PrometheusSeries(string labels, IReadOnlyList<double>? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds?.Count ?? 0];
    private double _sum;
    private long _count;

    /// <summary>Adds a measurement to a counter or a histogram.</summary>
    /// <param name="value">The measurement.</param>
    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
            _count++;
            for (int i = 0; i < _buckets.Length; i++)
            {
                _buckets[i] += value <= bounds![i] ? 1 : 0;
            }
        }
    }

    /// <summary>Sets a gauge.</summary>
    /// <param name="value">The measurement.</param>
    public void Set(double value)
    {
        lock (_lock)
        {
            _sum = value;
        }
    }

    /// <summary>Writes the lines of the series.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="name">The name of the instrument.</param>
    public void Write(StringBuilder text, string name)
    {
        lock (_lock)
        {
            if (bounds is null)
            {
                Line(text, name, labels, _sum);
                return;
            }

            for (int i = 0; i < _buckets.Length; i++)
            {
                Line(text, $"{name}_bucket", Join(labels, $"le=\"{Number(bounds[i])}\""), _buckets[i]);
            }

            Line(text, $"{name}_bucket", Join(labels, "le=\"+Inf\""), _count);
            Line(text, $"{name}_sum", labels, _sum);
            Line(text, $"{name}_count", labels, _count);
        }
    }

    private static string Join(string labels, string label) => labels.Length == 0 ? label : $"{labels},{label}";

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
