using System.Diagnostics;
using System.Globalization;

namespace Faithful.Benchmarks.Training;

/// <summary>
/// Watches a GPU through <c>nvidia-smi</c>, ten times a second, in a process beside this one. What it calls utilization is the share
/// of the time before the reading (1/6 s to 1 s, as the card has it) in which a kernel ran; memory is that of all programs together.
/// </summary>
internal sealed class GpuMonitor : IDisposable
{
    private const int Interval = 100; // ms
    private const int Patience = 5000; // ms: nvidia-smi takes its time where the driver has to wake up
    private const string TimeFormat = "yyyy/MM/dd HH:mm:ss.fff";

    private readonly Process _process;
    private readonly List<(DateTime Time, double Busy, long Bytes)> _readings = [];

    private GpuMonitor(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
    }

    /// <summary>Gets what the card is called; null before the first reading.</summary>
    public string? Name { get; private set; }

    /// <summary>Begins to watch the first GPU that this process sees.</summary>
    /// <returns>The monitor; null without <c>nvidia-smi</c>.</returns>
    public static GpuMonitor? TryStart()
    {
        string gpu = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { Length: > 0 } visible ? visible.Split(',')[0] : "0";
        var start = new ProcessStartInfo("nvidia-smi") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[]
        {
            "--query-gpu=timestamp,utilization.gpu,memory.used,name", "--format=csv,noheader,nounits", $"--loop-ms={Interval}", $"--id={gpu}",
        })
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) is Process process ? new GpuMonitor(process) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no such program
        }
    }

    /// <summary>Waits for the first reading.</summary>
    /// <returns>The memory in use, bytes; null where none came in time.</returns>
    public long? FirstMemory()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            lock (_readings)
            {
                if (_readings.Count > 0)
                {
                    return _readings[0].Bytes;
                }
            }

            if (clock.ElapsedMilliseconds > Patience)
            {
                return null;
            }

            Thread.Sleep(Interval / 10);
        }
    }

    /// <summary>Sums up the readings within some stretches of time.</summary>
    /// <param name="stretches">Local times.</param>
    /// <returns>The mean share of busy time (0 to 1) and the most memory (bytes); null where there was no reading.</returns>
    public (double? Busy, long? PeakBytes) Within(IReadOnlyList<(DateTime Start, DateTime End)> stretches)
    {
        lock (_readings)
        {
            (DateTime Time, double Busy, long Bytes)[] found =
                [.. _readings.Where(reading => stretches.Any(stretch => reading.Time >= stretch.Start && reading.Time <= stretch.End))];
            return found.Length > 0 ? (found.Average(reading => reading.Busy), found.Max(reading => reading.Bytes)) : (null, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }

    /// <summary>Reads a line such as <c>2026/01/31 12:00:00.123, 97, 1234, NVIDIA H100</c>; a card that does not tell has words in place of numbers.</summary>
    private void Read(string? line)
    {
        if (line?.Split(", ") is [string time, string busy, string mebibytes, string name]
            && DateTime.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime at)
            && double.TryParse(busy, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent)
            && long.TryParse(mebibytes, NumberStyles.Integer, CultureInfo.InvariantCulture, out long used))
        {
            lock (_readings)
            {
                Name = name;
                _readings.Add((at, percent / 100, used << 20));
            }
        }
    }
}
