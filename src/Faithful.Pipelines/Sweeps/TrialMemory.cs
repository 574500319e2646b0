namespace Faithful.Pipelines;

/// <summary>
/// Lets as many trials run at a time as memory allows. The first trial runs alone; what the process took more during it, its
/// prepared crystals not counted, is what each trial is taken to need.
/// </summary>
/// <param name="most">The largest number of trials at a time.</param>
internal sealed class TrialMemory(int most)
{
    private const double Megabyte = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _learned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _before;
    private double _free;

    /// <summary>Gets the number of trials that may run at a time; 1 until the first one has ended.</summary>
    public int Allowed { get; private set; } = 1;

    /// <summary>Gets what ends when the first trial has.</summary>
    public Task Learned => _learned.Task;

    /// <summary>Looks at the memory before the first trial trains.</summary>
    public void Look()
    {
        lock (_lock)
        {
            if (_free == 0)
            {
                _before = Environment.WorkingSet / Megabyte;
                GCMemoryInfo memory = GC.GetGCMemoryInfo();
                _free = (memory.TotalAvailableMemoryBytes / Megabyte) - Math.Max(_before, memory.MemoryLoadBytes / Megabyte);
            }
        }
    }

    /// <summary>Learns from the first trial.</summary>
    /// <param name="peakMegabytes">The most memory that the process held during it; null where that is not known.</param>
    public void Learn(double? peakMegabytes)
    {
        lock (_lock)
        {
            if (!_learned.Task.IsCompleted)
            {
                double need = (peakMegabytes ?? 0) - _before;
                Allowed = need > 0 ? (int)Math.Clamp(_free / need, 1, most) : most;
                _learned.SetResult();
            }
        }
    }
}
