using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>
/// The loss and the gradient's norm of every batch of an epoch. They stay on the device, for reading them would stall its queue;
/// now and then they are looked at all the same, so that a run that has gone wrong does not go on for long.
/// </summary>
internal sealed class EpochLosses : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly BatchPlan _plan;
    private readonly ResidentDataset _data;
    private readonly int _epoch;
    private readonly Tensor _values; // (2 · batches): losses, then norms
    private long _lastLook = Environment.TickCount64;
    private int _batches;

    public EpochLosses(BatchPlan plan, ResidentDataset data, int epoch)
    {
        _plan = plan;
        _data = data;
        _epoch = epoch;
        _values = torch.zeros(2L * plan.Batches.Count, device: data.Device).DetachFromDisposeScope();
    }

    /// <summary>Gets the mean loss of the crystals at the last look; null before the first.</summary>
    public double? Mean { get; private set; }

    /// <summary>Takes the results of the next batch.</summary>
    public void Add(Tensor loss, Tensor norm)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        _values.narrow(0, _batches, 1).copy_(loss);
        _values.narrow(0, _plan.Batches.Count + _batches, 1).copy_(norm);
        _batches++;
    }

    /// <summary>Looks at the losses when the last look is some seconds ago.</summary>
    public void LookNowAndThen()
    {
        if (Environment.TickCount64 - _lastLook >= Pause.TotalMilliseconds)
        {
            Look();
        }
    }

    /// <summary>Waits for the device and looks at the losses.</summary>
    /// <returns>The mean over the crystals so far.</returns>
    /// <exception cref="NonFiniteLossException">A batch had a loss or a gradient that is infinite or NaN.</exception>
    public double Look()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        float[] values = _values.cpu().data<float>().ToArray();
        int batches = _plan.Batches.Count;
        double sum = 0;
        long crystals = 0;
        for (int batch = 0; batch < _batches; batch++)
        {
            (float loss, float norm) = (values[batch], values[batches + batch]);
            BatchRange range = _plan.Batches[batch];
            if (!float.IsFinite(loss) || !float.IsFinite(norm))
            {
                throw new NonFiniteLossException(
                    _epoch, batch + 1, loss, norm, [.. Enumerable.Range(range.Start, range.Count).Select(place => _data.IdOf(_plan.Order[place]))]);
            }

            sum += (double)loss * range.Count;
            crystals += range.Count;
        }

        _lastLook = Environment.TickCount64;
        Mean = sum / crystals;
        return Mean.Value;
    }

    public void Dispose() => _values.Dispose();
}
