namespace Faithful.Service.Batching;

/// <summary>An amount of something that all requests share. Thread-safe.</summary>
/// <param name="limit">The amount.</param>
internal sealed class Budget(long limit)
{
    private long _taken;

    /// <summary>Gets the amount that is taken.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes some, if there is as much.</summary>
    /// <param name="amount">The amount.</param>
    /// <returns>Whether it was taken.</returns>
    public bool TryTake(long amount)
    {
        if (Interlocked.Add(ref _taken, amount) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -amount);
        return false;
    }

    /// <summary>Gives some back.</summary>
    /// <param name="amount">The amount.</param>
    public void Return(long amount) => Interlocked.Add(ref _taken, -amount);
}
