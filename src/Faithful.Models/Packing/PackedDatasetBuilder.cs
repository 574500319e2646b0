using Faithful.Crystals.Formats;

namespace Faithful.Models.Packing;

/// <summary>Makes a packed data set of a source: reads, prepares on all processors, and writes in the order of the source.</summary>
public static class PackedDatasetBuilder
{
    private const int ProgressInterval = 64;

    /// <summary>So many crystals wait for each thread at most: enough to hide a slow one, few enough to take little memory.</summary>
    private const int QueuePerThread = 32;

    /// <summary>Builds a file.</summary>
    /// <param name="path">The file; it appears when all is done, and takes the place of an older one.</param>
    /// <param name="key">What it is made of; its options are those of the preparation.</param>
    /// <param name="source">The crystals and what could not be read; the second of two crystals with one id is rejected.</param>
    /// <param name="options">How to build; null for the defaults.</param>
    /// <param name="progress">Told the number of entries read so far, now and then.</param>
    /// <param name="cancellation">Ends the building; nothing stays behind.</param>
    /// <exception cref="CrystalFormatException">Options are strict, and an entry holds no crystal.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The building was cancelled.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">Symmetry is asked for and spglib is not installed.</exception>
    public static void Build(
        string path,
        PackedDatasetKey key,
        IEnumerable<CrystalReadResult> source,
        PackedDatasetBuildOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(source);
        options ??= new PackedDatasetBuildOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        using var writer = new PackedDatasetWriter(path, key, options.Source);
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<Task<(CrystalRecord Record, PreparedCrystal Prepared, PackedPart Part)>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var slots = new SemaphoreSlim(options.Threads);
        try
        {
            int read = 0;
            foreach (CrystalReadResult result in source)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Fault(result, origins) is CrystalFormatException fault)
                {
                    Reject(writer, fault, options);
                }
                else
                {
                    queue.Enqueue(Prepare(result.Record!, key.Preparation, slots, stop.Token));
                    if (queue.Count >= QueuePerThread * options.Threads)
                    {
                        WriteNext(writer, queue);
                    }
                }

                if (++read % ProgressInterval == 0)
                {
                    progress?.Report(read);
                }
            }

            while (queue.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                WriteNext(writer, queue);
            }

            progress?.Report(read);
            writer.Complete();
        }
        catch
        {
            stop.Cancel();
            Task.WaitAll([.. queue.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default))], CancellationToken.None);
            throw;
        }
    }

    private static async Task<(CrystalRecord Record, PreparedCrystal Prepared, PackedPart Part)> Prepare(
        CrystalRecord record, PreparationOptions options, SemaphoreSlim slots, CancellationToken stop)
    {
        await slots.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    PreparedCrystal prepared = CrystalPreparation.Prepare(record.Crystal, options);
                    _ = record.Crystal.ReducedFormula; // kept by the crystal, so that the writer need not work it out
                    return (record, prepared, PackedPart.Encode(prepared));
                },
                stop).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    private static void WriteNext(PackedDatasetWriter writer, Queue<Task<(CrystalRecord Record, PreparedCrystal Prepared, PackedPart Part)>> queue)
    {
        (CrystalRecord record, PreparedCrystal prepared, PackedPart part) = queue.Dequeue().GetAwaiter().GetResult();
        using (part)
        {
            writer.Add(record, prepared.SpaceGroup, prepared.FallbackReason, part);
        }
    }

    private static CrystalFormatException? Fault(CrystalReadResult result, Dictionary<string, string> origins)
    {
        if (!result.IsSuccess)
        {
            return result.Error;
        }

        // Neither of the two is right by itself: keeping the first and naming the second is a decision that one can see.
        return origins.TryAdd(result.Record.Id, result.Record.Origin)
            ? null
            : new CrystalFormatException(
                result.Record.Origin, 0, $"each id once (first in {origins[result.Record.Id]})", $"the id \"{result.Record.Id}\" again");
    }

    private static void Reject(PackedDatasetWriter writer, CrystalFormatException fault, PackedDatasetBuildOptions options)
    {
        if (options.Strict && !(options.SkipsDisordered && fault.IsDisordered))
        {
            throw fault;
        }

        string origin = fault.Line > 0 ? FormattableString.Invariant($"{fault.File}({fault.Line})") : fault.File;
        writer.Reject(new RejectedEntry(origin, fault.Expected, fault.Found, fault.IsDisordered));
        options.Rejected?.Invoke(fault);
    }
}
