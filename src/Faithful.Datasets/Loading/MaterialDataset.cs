using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>Crystals with the targets of one task, read from a file or a folder. Immutable.</summary>
public sealed class MaterialDataset
{
    private const int ProgressInterval = 1000;

    private MaterialDataset(
        LearningTask task,
        ImmutableArray<LabelledCrystal> rows,
        ImmutableArray<RejectedRow> rejected,
        int rowsRead,
        int rowsWithoutLabel,
        string digest)
    {
        Task = task;
        Rows = rows;
        Rejected = rejected;
        RowsRead = rowsRead;
        RowsWithoutLabel = rowsWithoutLabel;
        ContentSha256 = digest;
    }

    /// <summary>Gets the task.</summary>
    public LearningTask Task { get; }

    /// <summary>Gets the crystals that have a target, in the order of the source.</summary>
    public ImmutableArray<LabelledCrystal> Rows { get; }

    /// <summary>Gets the rows that hold no valid crystal or repeat an id, and why.</summary>
    public ImmutableArray<RejectedRow> Rejected { get; }

    /// <summary>Gets the number of rows of the source: those of the data set, those rejected and those without a label.</summary>
    public int RowsRead { get; }

    /// <summary>Gets the number of valid crystals left out because they have no label for the task.</summary>
    public int RowsWithoutLabel { get; }

    /// <summary>Gets the SHA-256 of the source (<see cref="ContentDigest"/>).</summary>
    public string ContentSha256 { get; }

    /// <summary>Gets the number of rows of each class, in the order of the task's classes; empty for a regression.</summary>
    public ImmutableArray<int> ClassCounts
    {
        get
        {
            var counts = new int[Task.Classes.Length];
            if (Task.Kind == TargetKind.Classification)
            {
                foreach (var row in Rows)
                {
                    counts[row.Target.ClassIndex]++;
                }
            }

            return [.. counts];
        }
    }

    /// <summary>Reads a data set.</summary>
    /// <param name="path">A file or a folder, as <see cref="CrystalSource"/> takes it.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="progress">Told the number of rows read so far, now and then.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="CrystalFormatException">The path does not exist, or options are strict and a row is bad.</exception>
    /// <exception cref="LabelException">A label is not one of the task's.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static MaterialDataset Load(
        string path,
        LearningTask task,
        LoadOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Load(path, _ => task, options, progress, cancellationToken);
    }

    /// <summary>Reads a data set for a task that is named, or that a label column makes (<see cref="LearningTasks.Resolve(string, IEnumerable{CrystalRecord})"/>).</summary>
    /// <param name="path">A file or a folder, as <see cref="CrystalSource"/> takes it.</param>
    /// <param name="taskOrColumn">The name of a task or of a label column.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="progress">Told the number of rows read so far, now and then.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="CrystalFormatException">The path does not exist, or options are strict and a row is bad.</exception>
    /// <exception cref="LabelException">The name is no task and no column that can make one, or a label is not one of the task's.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static MaterialDataset Load(
        string path,
        string taskOrColumn,
        LoadOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(taskOrColumn);
        return Load(path, records => LearningTasks.Resolve(taskOrColumn, records), options, progress, cancellationToken);
    }

    /// <summary>Takes a part of the rows, chosen by their ids and a seed, not by their order: for quick trials.</summary>
    /// <param name="count">How many rows; all of them when there are fewer.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>A data set with these rows in their old order, and the counts of the whole source.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public MaterialDataset Subset(int count, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        UInt128 Order(int row)
        {
            var key = FormattableString.Invariant($"{seed}|{Rows[row].Record.Id}");
            return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        }

        var chosen = Enumerable.Range(0, Rows.Length).OrderBy(Order).Take(count).Order();
        return new(Task, [.. chosen.Select(row => Rows[row])], Rejected, RowsRead, RowsWithoutLabel, ContentSha256);
    }

    private static MaterialDataset Load(
        string path,
        Func<IReadOnlyList<CrystalRecord>, LearningTask> resolve,
        LoadOptions? options,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new LoadOptions();
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new CrystalFormatException(path, 0, "an existing file or folder", "nothing of this name");
        }

        List<CrystalRecord> records = [];
        var rejected = ImmutableArray.CreateBuilder<RejectedRow>();
        var firstOrigins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var result in CrystalSource.Read(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!result.IsSuccess)
            {
                rejected.Add(options.Strict ? throw result.Error : new(WhereFrom(result.Error), result.Error.Expected, result.Error.Found));
            }
            else if (!firstOrigins.TryAdd(result.Record.Id, result.Record.Origin))
            {
                // Neither row is right by itself: keeping the first and naming the second is a decision that one can see.
                var (expected, found) = ($"each id once (first in {firstOrigins[result.Record.Id]})", $"the id \"{result.Record.Id}\" again");
                rejected.Add(options.Strict
                    ? throw new CrystalFormatException(result.Record.Origin, 0, expected, found)
                    : new(result.Record.Origin, expected, found));
            }
            else
            {
                records.Add(result.Record);
            }

            if ((records.Count + rejected.Count) % ProgressInterval == 0)
            {
                progress?.Report(records.Count + rejected.Count);
            }
        }

        progress?.Report(records.Count + rejected.Count);
        var task = resolve(records);
        var rows = ImmutableArray.CreateBuilder<LabelledCrystal>(records.Count);
        foreach (var record in records)
        {
            if (task.TryGetTarget(record, out var target))
            {
                rows.Add(new(record, target));
            }
        }

        return new(
            task,
            rows.ToImmutable(),
            rejected.ToImmutable(),
            records.Count + rejected.Count,
            records.Count - rows.Count,
            ContentDigest.OfPath(path));
    }

    private static string WhereFrom(CrystalFormatException error) =>
        error.Line > 0 ? FormattableString.Invariant($"{error.File}({error.Line})") : error.File;
}
