namespace Microsoft.ML.AutoML;

/// <summary>Looks every two seconds at what the process takes and cancels the trial that needs more memory than allowed.</summary>
internal sealed class ResourceUsage : IDisposable
{
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(2);

    private readonly Lock sampling = new();
    private readonly double? limitInMegabytes;
    private readonly CancellationTokenSource trial;
    private readonly Timer timer;
    private TimeSpan processorTime = Environment.CpuUsage.TotalTime;
    private double peakProcessor;
    private double peakMegabytes;
    private bool stopped;

    public ResourceUsage(double? limitInMegabytes, CancellationTokenSource trial)
    {
        this.limitInMegabytes = limitInMegabytes;
        this.trial = trial;
        Sample();
        timer = new Timer(_ => Sample(), null, interval, interval);
    }

    /// <summary>Ends the measurement.</summary>
    /// <returns>The largest share of all processors, 0 to 1, and the most memory in megabytes.</returns>
    public (double Processor, double Megabytes) Stop()
    {
        // Under the lock: no sample may cancel the trial once it is over.
        lock (sampling)
        {
            stopped = true;
            return (peakProcessor, peakMegabytes);
        }
    }

    public void Dispose()
    {
        Stop();
        timer.Dispose();
    }

    private void Sample()
    {
        lock (sampling)
        {
            if (stopped)
            {
                return;
            }

            TimeSpan processorTime = Environment.CpuUsage.TotalTime;
            double share = (processorTime - this.processorTime) / (Environment.ProcessorCount * interval);
            this.processorTime = processorTime;
            peakProcessor = Math.Max(peakProcessor, share);
            peakMegabytes = Math.Max(peakMegabytes, Environment.WorkingSet / (1024.0 * 1024.0));
            if (peakMegabytes > limitInMegabytes)
            {
                // Not Cancel: what waits for the token must not run under the lock.
                _ = trial.CancelAsync();
            }
        }
    }
}
