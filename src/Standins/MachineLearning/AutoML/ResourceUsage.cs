namespace Microsoft.ML.AutoML;

/// <summary>Looks every two seconds at what the process takes and cancels the trial that needs more memory than allowed.</summary>
internal sealed class ResourceUsage : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly Lock _sampling = new();
    private readonly double? _limitInMegabytes;
    private readonly CancellationTokenSource _trial;
    private readonly Timer _timer;
    private TimeSpan _processorTime = Environment.CpuUsage.TotalTime;
    private double _peakProcessor;
    private double _peakMegabytes;
    private bool _stopped;

    public ResourceUsage(double? limitInMegabytes, CancellationTokenSource trial)
    {
        _limitInMegabytes = limitInMegabytes;
        _trial = trial;
        Sample();
        _timer = new Timer(_ => Sample(), null, s_interval, s_interval);
    }

    /// <summary>Ends the measurement.</summary>
    /// <returns>The largest share of all processors, 0 to 1, and the most memory in megabytes.</returns>
    public (double Processor, double Megabytes) Stop()
    {
        // Under the lock: no sample may cancel the trial once it is over.
        lock (_sampling)
        {
            _stopped = true;
            return (_peakProcessor, _peakMegabytes);
        }
    }

    public void Dispose()
    {
        Stop();
        _timer.Dispose();
    }

    private void Sample()
    {
        lock (_sampling)
        {
            if (_stopped)
            {
                return;
            }

            TimeSpan processorTime = Environment.CpuUsage.TotalTime;
            double share = (processorTime - _processorTime) / (Environment.ProcessorCount * s_interval);
            _processorTime = processorTime;
            _peakProcessor = Math.Max(_peakProcessor, share);
            _peakMegabytes = Math.Max(_peakMegabytes, Environment.WorkingSet / (1024.0 * 1024.0));
            if (_peakMegabytes > _limitInMegabytes)
            {
                // Not Cancel: what waits for the token must not run under the lock.
                _ = _trial.CancelAsync();
            }
        }
    }
}
