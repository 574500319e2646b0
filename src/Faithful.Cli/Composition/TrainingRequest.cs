using Faithful.Datasets;
using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Cli.Composition;

/// <summary>What a training command asks for.</summary>
internal sealed record TrainingRequest
{
    /// <summary>Gets the task's name, or the name of a label column.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the network's options; null for those of the preset.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>Gets the data source.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the file of labels that the user named; null for the one in a folder of crystals, if there is one.</summary>
    public string? Labels { get; init; }

    /// <summary>Gets the tasks that have a name. The default is those of the project.</summary>
    public LearningTaskTable Tasks { get; init; } = LearningTaskTable.Standard;

    /// <summary>Gets the split file; null to deal the crystals out by formula and space group.</summary>
    public string? Split { get; init; }

    /// <summary>Gets the run folder.</summary>
    public required string Out { get; init; }

    /// <summary>Gets the device: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Gets the training options.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Gets the run folder whose weights the training begins with; null to begin at random.</summary>
    public string? StartFrom { get; init; }

    /// <summary>Gets whether a run in the folder is gone on with.</summary>
    public bool Resume { get; init; }

    /// <summary>Gets whether prepared crystals are taken from the cache and kept there. The default is true.</summary>
    public bool UsesCache { get; init; } = true;
}
