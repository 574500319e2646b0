using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets.Purification;

/// <summary>Applies the rules for single crystals to a stream of them, on threads of its own. Used once.</summary>
/// <param name="rules">The rules, in order.</param>
/// <param name="threads">The number of threads.</param>
internal sealed class CrystalExamination(ImmutableArray<CrystalRule> rules, int threads)
{
    private const string SpaceGroupLabel = "space_group";

    // Enough that no thread waits for the reader, few enough that memory does not notice.
    private const int WaitingForEachThread = 32;

    private readonly Lock gate = new();
    private readonly List<ExaminedCrystal> remaining = [];
    private readonly List<RejectedCrystal> rejected = [];
    private readonly List<(int Index, SpaceGroupDifference Difference)> differences = [];
    private readonly SortedSet<string> columns = new(StringComparer.Ordinal);
    private int spaceGroupLabels;
    private int done;

    /// <summary>Gets the crystals that stay, in the order of the input.</summary>
    public ImmutableArray<ExaminedCrystal> Remaining => [.. remaining.OrderBy(crystal => crystal.Index)];

    /// <summary>Gets the crystals that go, in the order of the input.</summary>
    public ImmutableArray<RejectedCrystal> Rejected => [.. rejected.OrderBy(crystal => crystal.Index)];

    /// <summary>Gets the crystals whose space-group label is not what was found, in the order of the input.</summary>
    public ImmutableArray<SpaceGroupDifference> Differences => [.. differences.OrderBy(entry => entry.Index).Select(entry => entry.Difference)];

    /// <summary>Gets the number of crystals of which both the label and the space group are known.</summary>
    public int SpaceGroupLabels => spaceGroupLabels;

    /// <summary>Gets the names of all label columns.</summary>
    public ImmutableArray<string> LabelColumns => [.. columns];

    /// <summary>Examines all crystals.</summary>
    /// <param name="records">The crystals; enumerated on the caller's thread.</param>
    /// <param name="progress">Told the number of crystals done, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Run(IEnumerable<CrystalRecord> records, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var queue = new BlockingCollection<ExaminedCrystal>(threads * WaitingForEachThread);

        // Threads of their own: the reader parses on the pool, and must not wait for those who wait for it.
        var workers = Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () => Work(queue, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            var index = 0;
            foreach (var record in records)
            {
                columns.UnionWith(record.Labels.Keys);
                queue.Add(new ExaminedCrystal(index++, record), stop.Token);
                progress?.Report(Volatile.Read(ref done));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // A worker has failed; its exception comes below.
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        finally
        {
            queue.CompleteAdding();
            ((IAsyncResult)Task.WhenAll(workers)).AsyncWaitHandle.WaitOne(); // never leave threads behind; their faults are not for here
        }

        Task.WhenAll(workers).GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(done);
    }

    private void Work(BlockingCollection<ExaminedCrystal> queue, CancellationTokenSource stop)
    {
        try
        {
            foreach (var crystal in queue.GetConsumingEnumerable())
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                Examine(crystal);
                Interlocked.Increment(ref done);
            }
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    private void Examine(ExaminedCrystal crystal)
    {
        var record = crystal.Record;
        RemovedCrystal? removal = null;
        foreach (var rule in rules)
        {
            var verdict = rule.Judge(crystal);
            if (verdict.Crystal is null)
            {
                removal = new(record.Id, record.Origin, rule.Name, verdict.Reason!, [], null);
                break;
            }

            crystal = verdict.Crystal;
        }

        lock (gate)
        {
            if (crystal.SpaceGroupAsRead > 0 && record.Labels.TryGetValue(SpaceGroupLabel, out var label))
            {
                spaceGroupLabels++;
                if (label != crystal.SpaceGroupAsRead.ToString(CultureInfo.InvariantCulture))
                {
                    differences.Add((crystal.Index, new(record.Id, label, crystal.SpaceGroupAsRead)));
                }
            }

            if (removal is null)
            {
                remaining.Add(crystal with { Symmetry = null });
            }
            else
            {
                rejected.Add(new(crystal.Index, record.Labels, removal));
            }
        }
    }
}
