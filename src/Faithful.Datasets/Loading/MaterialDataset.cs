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
        ImmutableArray<string> otherIds,
        LabelJoinReport? labels,
        string digest)
    {
        Task = task;
        Rows = rows;
        Rejected = rejected;
        RowsRead = rowsRead;
        RowsWithoutLabel = rowsWithoutLabel;
        OtherIds = otherIds;
        LabelReport = labels;
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

    /// <summary>Gets the ids of the valid crystals that are no rows: without a label for the task, or outside a subset.</summary>
    public ImmutableArray<string> OtherIds { get; }

    /// <summary>Gets how the file of labels fitted; null where there is none.</summary>
    public LabelJoinReport? LabelReport { get; }

    /// <summary>Gets the SHA-256 of the source and of the file of labels that was named for it (<see cref="ContentDigest"/>).</summary>
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
    /// <exception cref="CrystalFormatException">
    /// The path does not exist, the file of labels is bad or fits no crystal, or options are strict and a row is bad.
    /// </exception>
    /// <exception cref="LabelException">A label is not one of the task's, or no crystal has one.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static MaterialDataset Load(
        string path,
        LearningTask task,
        LoadOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Load(path, (_, _) => task, options, progress, cancellationToken);
    }

    /// <summary>Reads a data set for a task that is named, or that a label column makes (<see cref="LearningTaskTable.Resolve"/>).</summary>
    /// <param name="path">A file or a folder, as <see cref="CrystalSource"/> takes it.</param>
    /// <param name="taskOrColumn">The name of a task or of a label column.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="progress">Told the number of rows read so far, now and then.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="CrystalFormatException">
    /// The path does not exist, the file of labels is bad or fits no crystal, or options are strict and a row is bad.
    /// </exception>
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
        return Load(path, (tasks, rows) => tasks.Resolve(taskOrColumn, rows), options, progress, cancellationToken);
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

        int[] order = [.. Enumerable.Range(0, Rows.Length).OrderBy(Order)];
        return new(
            Task,
            [.. order.Take(count).Order().Select(row => Rows[row])],
            Rejected,
            RowsRead,
            RowsWithoutLabel,
            [.. OtherIds, .. order.Skip(count).Order().Select(row => Rows[row].Record.Id)],
            LabelReport,
            ContentSha256);
    }

    private static MaterialDataset Load(
        string path,
        Func<LearningTaskTable, IEnumerable<LabelRow>, LearningTask> resolve,
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

        var labels = options.Labels is null ? LabelFile.Read(path) : LabelTable.Read(options.Labels);
        var join = labels is null ? null : new LabelJoin(labels);
        List<CrystalRecord> records = [];
        var rejected = ImmutableArray.CreateBuilder<RejectedRow>();
        var firstOrigins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var read in CrystalSource.Read(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!read.IsSuccess)
            {
                Reject(read.Error);
            }
            else if (!firstOrigins.TryAdd(read.Record.Id, read.Record.Origin))
            {
                // Neither row is right by itself: keeping the first and naming the second is a decision that one can see.
                Reject(new(read.Record.Origin, 0, $"each id once (first in {firstOrigins[read.Record.Id]})", $"the id \"{read.Record.Id}\" again"));
            }
            else
            {
                var joined = join?.Apply(read.Record) ?? read;
                if (joined.IsSuccess)
                {
                    records.Add(joined.Record);
                }
                else
                {
                    Reject(joined.Error);
                }
            }

            if ((records.Count + rejected.Count) % ProgressInterval == 0)
            {
                progress?.Report(records.Count + rejected.Count);
            }
        }

        progress?.Report(records.Count + rejected.Count);
        var report = join?.Report();
        report?.RequireMatch();
        var task = resolve(options.Tasks, records.Select(record => new LabelRow(record.Id, record.Labels, record.Origin)));
        var (rows, others) = Take(task, records);
        return new(
            task,
            rows,
            rejected.ToImmutable(),
            records.Count + rejected.Count,
            records.Count - rows.Length,
            others,
            report,
            ContentDigest.OfSource(path, options.Labels));

        void Reject(CrystalFormatException error) =>
            rejected.Add(options.Strict ? throw error : new(WhereFrom(error), error.Expected, error.Found));
    }

    /// <summary>Takes the records that have a label for the task, and the ids of the others.</summary>
    private static (ImmutableArray<LabelledCrystal> Rows, ImmutableArray<string> Others) Take(LearningTask task, List<CrystalRecord> records)
    {
        var rows = ImmutableArray.CreateBuilder<LabelledCrystal>(records.Count);
        var others = ImmutableArray.CreateBuilder<string>();
        foreach (var record in records)
        {
            if (task.TryGetTarget(record, out var target))
            {
                rows.Add(new(record, target));
            }
            else
            {
                others.Add(record.Id);
            }
        }

        return rows.Count > 0
            ? (rows.ToImmutable(), others.ToImmutable())
            : throw LabelException.NoLabel(
                task.LabelColumn, records.Count, records.SelectMany(record => record.Labels.Keys).Distinct().Order(StringComparer.Ordinal));
    }

    private static string WhereFrom(CrystalFormatException error) =>
        error.Line > 0 ? FormattableString.Invariant($"{error.File}({error.Line})") : error.File;
}
