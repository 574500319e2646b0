using System.Collections.Immutable;
using Faithful.Datasets;
using Faithful.Models.Packing;

namespace Faithful.Cli.Composition;

/// <summary>The crystals of a packed source that have a label for one task, in the order of the source. Holds no crystal in memory.</summary>
internal sealed class PackedRows
{
    private PackedRows(PackedDataset data, LearningTask task, ImmutableArray<PackedRow> rows)
    {
        Data = data;
        Task = task;
        Rows = rows;
    }

    /// <summary>Gets the packed data set.</summary>
    public PackedDataset Data { get; }

    /// <summary>Gets the task.</summary>
    public LearningTask Task { get; }

    /// <summary>Gets the crystals that have a target.</summary>
    public ImmutableArray<PackedRow> Rows { get; }

    /// <summary>Gets the SHA-256 of the source.</summary>
    public string ContentSha256 => Data.Key.SourceSha256;

    /// <summary>Takes the rows of a task.</summary>
    /// <param name="data">The packed data set.</param>
    /// <param name="taskOrColumn">The name of a task or of a label column.</param>
    /// <returns>At least one row.</returns>
    /// <exception cref="LabelException">The name is no task and no column that can make one, no crystal has a label, or one has a wrong label.</exception>
    public static PackedRows Create(PackedDataset data, string taskOrColumn)
    {
        LabelRow[] labels = [.. Enumerable.Range(0, data.Count).Select(index => new LabelRow(data.Id(index), data.Labels(index), data.Origin(index)))];
        LearningTask task = LearningTasks.Resolve(taskOrColumn, labels);
        var rows = ImmutableArray.CreateBuilder<PackedRow>(labels.Length);
        for (int index = 0; index < labels.Length; index++)
        {
            LabelRow row = labels[index];
            if (task.TryGetTarget(row.Id, row.Labels, row.Origin, out Target target))
            {
                rows.Add(new PackedRow(index, row, target));
            }
        }

        return rows.Count > 0
            ? new PackedRows(data, task, rows.ToImmutable())
            : throw LabelException.NoLabel(
                task.LabelColumn, labels.Length, labels.SelectMany(row => row.Labels.Keys).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Deals the rows out to training, validation and test.</summary>
    /// <param name="options">The options.</param>
    /// <returns>Indices of rows.</returns>
    public DataSplit Split(SplitOptions options) => DataSplit.Create(
        [.. Rows.Select(row => SplitKeys.Of(
            options.Kind, row.Labels.Id, Data.Composition(row.Index), row.Labels.Labels.GetValueOrDefault("space_group")))],
        options);
}
