using System.Collections.Concurrent;

namespace Faithful.Service.Batching;

/// <summary>
/// Threads for work that computes. The thread pool stays free for connections: on few cores a handful of long computations would fill
/// it, and nobody would be answered until the first of them ends.
/// </summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread[] _threads;

    /// <summary>Starts threads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="name">What they are called in a debugger.</param>
    public WorkerThreads(int count, string name)
    {
        _threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"{name} {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Gets the number of threads.</summary>
    public int Count => _threads.Length;

    /// <summary>Does work when a thread is free, in the order of the calls.</summary>
    /// <param name="work">The work; may not throw.</param>
    public void Add(Action work) => _work.Add(work);

    /// <summary>Computes something when a thread is free, in the order of the calls.</summary>
    /// <param name="work">The computation.</param>
    /// <param name="cancellation">Ends the waiting at once; work that has begun is not interrupted, its result is dropped.</param>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <returns>The result, or what was thrown.</returns>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
        {
            if (cancellation.IsCancellationRequested)
            {
                completion.TrySetCanceled(cancellation);
                return;
            }

            try
            {
                completion.TrySetResult(work());
            }
            catch (Exception error)
            {
                completion.TrySetException(error);
            }
        });
        return await completion.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Lets the threads finish what was added, and ends them.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        Array.ForEach(_threads, thread => thread.Join());
        _work.Dispose();
    }

    private void Work()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
