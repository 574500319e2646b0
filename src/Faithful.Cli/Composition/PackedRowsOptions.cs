using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>Which labels and tasks the rows of a packed source get.</summary>
internal sealed record PackedRowsOptions
{
    /// <summary>Gets the tasks that have a name. The default is those of the project.</summary>
    public LearningTaskTable Tasks { get; init; } = LearningTaskTable.Standard;

    /// <summary>Gets the labels of a file, which are joined by id; null for none.</summary>
    public LabelTable? Labels { get; init; }

    /// <summary>Gets whether the user named the file, so that it is no part of the source and of its digest.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Reads the file of labels that goes with a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="named">The file that the user named; null for the one in the source, if there is one.</param>
    /// <param name="tasks">The tasks that have a name.</param>
    /// <returns>The options.</returns>
    /// <exception cref="CrystalFormatException">The file is no table of labels.</exception>
    public static PackedRowsOptions Read(string source, string? named, LearningTaskTable tasks) => new()
    {
        Tasks = tasks,
        Labels = named is null ? LabelFile.Read(source) : LabelTable.Read(named),
        IsNamed = named is not null,
    };

    /// <summary>Gets the column without which packing would be in vain.</summary>
    /// <param name="taskOrColumn">The name of a task or of a label column.</param>
    /// <returns>The column; null when the file has it, so that the crystals need not.</returns>
    public string? NeededColumn(string taskOrColumn)
    {
        string column = Tasks.TryFind(taskOrColumn, out LearningTask? task) ? task.LabelColumn : taskOrColumn;
        return Labels?.Columns.Contains(column) == true ? null : column;
    }
}
