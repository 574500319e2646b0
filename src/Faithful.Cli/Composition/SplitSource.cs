using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>What a split needs to know of a source: ids, groups and, for its account, targets. Keeps no crystal.</summary>
internal sealed class SplitSource
{
    private const int BatchSize = 4096; // crystals whose space groups are found at the same time

    private readonly List<string> _ids = [];
    private readonly List<string> _keys = [];
    private readonly List<string> _nearDuplicates = [];
    private readonly List<LabelRow> _labels = [];
    private readonly List<string> _withoutSpaceGroup = [];

    private SplitSource(SplitKind kind) => Kind = kind;

    /// <summary>Gets the kind of split that the groups are for.</summary>
    public SplitKind Kind { get; }

    /// <summary>Gets the ids of the crystals, no two equal.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Gets the group of each crystal.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>Gets the group of near-duplicates of each crystal (<see cref="SplitKind.Group"/>).</summary>
    public IReadOnlyList<string> NearDuplicates => _nearDuplicates;

    /// <summary>Gets the number of crystals whose space group spglib had to find.</summary>
    public int SpaceGroupsFound { get; private set; }

    /// <summary>Gets the ids of the crystals that have no space group, neither as a label nor by spglib.</summary>
    public IReadOnlyList<string> WithoutSpaceGroup => _withoutSpaceGroup;

    /// <summary>Gets the task of the account; null when none was asked for.</summary>
    public LearningTask? Task { get; private set; }

    /// <summary>Gets the target of each crystal, null where it has none; empty without a task.</summary>
    public IReadOnlyList<Target?> Targets { get; private set; } = [];

    /// <summary>Reads a source.</summary>
    /// <param name="context">The command, for progress and cancellation.</param>
    /// <param name="input">The crystals of the source.</param>
    /// <param name="kind">The kind of split.</param>
    /// <param name="task">The name of a task or of a label column to give an account of; null for none.</param>
    /// <param name="tasks">The tasks that have a name.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="LabelException">The task is none, no crystal has a label for it, or a label is not what it allows.</exception>
    public static SplitSource Read(CommandContext context, CrystalInput input, SplitKind kind, string? task, LearningTaskTable tasks)
    {
        var source = new SplitSource(kind);
        var originOfId = new Dictionary<string, string>(StringComparer.Ordinal);
        var batch = new List<CrystalRecord>(BatchSize);
        using (var progress = new ProgressLine(context, "reading"))
        {
            foreach (CrystalRecord record in input.Records())
            {
                if (!originOfId.TryAdd(record.Id, record.Origin))
                {
                    input.Reject($"{record.Origin}: expected each id once (first in {originOfId[record.Id]}), found the id \"{record.Id}\" again");
                    continue;
                }

                batch.Add(record);
                if (batch.Count == BatchSize)
                {
                    source.Add(batch, task is not null, context.Cancellation);
                    batch.Clear();
                }

                progress.Report(originOfId.Count, input.Fraction);
            }

            source.Add(batch, task is not null, context.Cancellation);
        }

        if (task is not null && source.Ids.Count > 0)
        {
            source.ReadTargets(tasks.Resolve(task, source._labels));
        }

        return source;
    }

    private void Add(List<CrystalRecord> batch, bool keepLabels, CancellationToken cancellation)
    {
        SplitKeys keys = SplitKeys.Of(Kind, batch, cancellation);
        _ids.AddRange(batch.Select(record => record.Id));
        _keys.AddRange(keys.Keys);
        _nearDuplicates.AddRange(batch.Select(DataSplit.GroupKey));
        SpaceGroupsFound += keys.SpaceGroupsFound;
        _withoutSpaceGroup.AddRange(keys.WithoutSpaceGroup);
        if (keepLabels)
        {
            _labels.AddRange(batch.Select(record => new LabelRow(record.Id, record.Labels, record.Origin)));
        }
    }

    private void ReadTargets(LearningTask task)
    {
        Task = task;
        Targets = [.. _labels.Select(row => task.TryGetTarget(row.Id, row.Labels, row.Origin, out Target target) ? target : (Target?)null)];
        if (Targets.All(target => target is null))
        {
            throw LabelException.NoLabel(task.LabelColumn, _ids.Count, _labels.SelectMany(row => row.Labels.Keys).Distinct().Order(StringComparer.Ordinal));
        }
    }
}
