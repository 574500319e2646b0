using System.Diagnostics;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Packing;

namespace Faithful.Cli.Composition;

/// <summary>Packed forms of the sources that commands work on: found in the folder of caches, or built there.</summary>
/// <param name="context">The command, for log, progress and cancellation.</param>
internal sealed class PackedCache(CommandContext context)
{
    /// <summary>The environment variable that names another folder of caches than <c>artifacts/cache</c>.</summary>
    public const string FolderVariable = "FAITHFUL_CACHE";

    /// <summary>Gets the folder of caches.</summary>
    public static string Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(RepositoryRoot.Find(), "artifacts", "cache");

    /// <summary>Opens the packed form of a source, which is built when there is none that is good.</summary>
    /// <param name="source">A file or a folder.</param>
    /// <param name="preparation">How its crystals are prepared.</param>
    /// <param name="options">How to pack; null for the defaults.</param>
    /// <returns>The packed source; dispose of it.</returns>
    /// <exception cref="CrystalFormatException">The source does not exist, or an entry holds no crystal and options are strict.</exception>
    /// <exception cref="LabelException">No crystal of the source has a label of the needed column.</exception>
    /// <exception cref="IOException">The source changed while it was read, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The command was cancelled.</exception>
    public PackedSource Open(string source, PreparationOptions preparation, PackedSourceOptions? options = null)
    {
        options ??= new PackedSourceOptions();
        if (source == CrystalSource.StandardInput)
        {
            throw new UsageException("the crystals of standard input cannot be read twice: name a file or a folder");
        }

        if (!File.Exists(source) && !Directory.Exists(source))
        {
            throw new CrystalFormatException(source, 0, "an existing file or folder", "nothing of this name");
        }

        string digest = new DigestNotes(Path.Combine(Folder, "digests")).OfPath(source, afresh: options.Force);
        PackedDatasetKey key = PackedDatasetKey.Create(digest, preparation);
        string path = options.Path ?? Path.Combine(Folder, key.FileName());
        if (options.Keep && !options.Force)
        {
            if (PackedDataset.TryOpen(path, key, source, out PackedDataset? found, out string? problem, preparation))
            {
                return Checked(new PackedSource(found, null, IsTemporary: false), options);
            }

            if (problem is not null)
            {
                context.Log($"{RepositoryRoot.Display(path)} is not usable ({problem}) and is made anew");
            }
        }

        CheckColumn(source, options);
        bool isTemporary = !options.Keep || (options.Path is null && !IsWritable(Folder));
        path = isTemporary ? Path.Combine(Path.GetTempPath(), $"faithful-{Guid.NewGuid():N}{PackedDatasetKey.Extension}") : path;
        var clock = Stopwatch.StartNew();
        Build(path, key, source, options);
        return new PackedSource(PackedDataset.Open(path, source, preparation), clock.Elapsed.TotalSeconds, isTemporary);
    }

    private static PackedSource Checked(PackedSource packed, PackedSourceOptions options)
    {
        if (options.Strict && packed.Faults(options.SkipsDisordered) is [RejectedEntry first, ..])
        {
            packed.Dispose();
            throw new BadCrystalException(first.ToString());
        }

        return packed;
    }

    /// <summary>A mistyped column is said at once, and not after minutes of packing.</summary>
    private void CheckColumn(string source, PackedSourceOptions options)
    {
        if (options.NeededColumn is not string column)
        {
            return;
        }

        var columns = new SortedSet<string>(StringComparer.Ordinal);
        int count = 0;
        foreach (CrystalReadResult result in CrystalSource.Read(source))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (result.Record is CrystalRecord record)
            {
                if (record.Labels.ContainsKey(column))
                {
                    return;
                }

                count++;
                columns.UnionWith(record.Labels.Keys);
            }
        }

        if (count > 0)
        {
            throw LabelException.NoLabel(column, count, columns);
        }
    }

    private bool IsWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(
                Path.Combine(folder, $"{Guid.NewGuid():N}.probe"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            context.Log($"{RepositoryRoot.Display(folder)} cannot be written, so the prepared crystals are not kept for the next time");
            return false;
        }
    }

    private void Build(string path, PackedDatasetKey key, string source, PackedSourceOptions options)
    {
        using var line = new ProgressLine(context, "packing");
        double part = 0; // of the bytes of the source; told by the thread that reads
        PackedDatasetBuilder.Build(
            path,
            key,
            Unchanged(source, value => Volatile.Write(ref part, value)),
            new PackedDatasetBuildOptions
            {
                Source = source,
                Strict = options.Strict,
                SkipsDisordered = options.SkipsDisordered,
            },
            new SynchronousProgress(count => line.Report(count, Volatile.Read(ref part))),
            context.Cancellation);
    }

    /// <summary>Reads the source to its end, and checks that it is still the one whose digest was taken.</summary>
    private static IEnumerable<CrystalReadResult> Unchanged(string source, Action<double> progress)
    {
        string stamp = DigestNotes.Stamp(source);
        foreach (CrystalReadResult result in CrystalSource.Read(source, new CrystalSourceOptions { Progress = new ReadingProgress(progress) }))
        {
            yield return result;
        }

        if (DigestNotes.Stamp(source) != stamp)
        {
            throw new IOException($"{source}: expected a source that stays as it is, found that it changed while it was read");
        }
    }

    private sealed class ReadingProgress(Action<double> report) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value) => report(value.TotalBytes is > 0 and long total ? Math.Min(1, (double)value.BytesRead / total) : double.NaN);
    }
}
