namespace Faithful.Service.Batching;

/// <summary>What one request has taken of a budget; disposing of it gives all back.</summary>
/// <param name="budget">The budget.</param>
internal sealed class BudgetShare(Budget budget) : IDisposable
{
    private long _taken;

    /// <summary>Takes some more, if there is as much.</summary>
    /// <param name="amount">The amount.</param>
    /// <returns>Whether it was taken.</returns>
    public bool TryTake(long amount)
    {
        if (!budget.TryTake(amount))
        {
            return false;
        }

        Interlocked.Add(ref _taken, amount);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => budget.Return(Interlocked.Exchange(ref _taken, 0));
}
