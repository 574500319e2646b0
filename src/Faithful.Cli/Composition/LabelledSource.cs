using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>What a training learns from.</summary>
internal abstract record LabelledSource
{
    /// <summary>Gets the task's name, or the name of a label column.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the data source.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the file of labels that the user named; null for the one in a folder of crystals, if there is one.</summary>
    public string? Labels { get; init; }

    /// <summary>Gets the tasks that have a name. The default is those of the project.</summary>
    public LearningTaskTable Tasks { get; init; } = LearningTaskTable.Standard;

    /// <summary>Gets the split file; null to deal the crystals out by formula and space group.</summary>
    public string? Split { get; init; }

    /// <summary>Gets whether nothing is held back: the crystals that are learned choose the epoch, too. Excludes a split file.</summary>
    public bool HoldsNothingBack { get; init; }

    /// <summary>Gets the file of labels that stand in place of those of the data; null for none.</summary>
    public string? ReplacedLabels { get; init; }

    /// <summary>Gets how many expanded crystals are learned as those of the atomic limit, as a share of the training part; null for none.</summary>
    public double? AtomicLimit { get; init; }

    /// <summary>Gets whether prepared crystals are taken from the cache and kept there. The default is true.</summary>
    public bool UsesCache { get; init; } = true;

    /// <summary>Gets whether models of the task may see what the symmetry finder found; true for a task that a label column makes.</summary>
    public bool TaskUsesSymmetry => Tasks.Tasks.FirstOrDefault(known => Task == known.Name || Task == known.LabelColumn)?.UsesSymmetry ?? true;
}
