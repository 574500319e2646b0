using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Cli.Composition;

/// <summary>What a training command asks for.</summary>
internal sealed record TrainingRequest : LabelledSource
{
    /// <summary>Gets the network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the network's options; null for those of the preset.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>Gets the run folder.</summary>
    public required string Out { get; init; }

    /// <summary>Gets the device: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Gets the training options.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Gets the run folder whose weights the training begins with; null to begin at random.</summary>
    public string? StartFrom { get; init; }

    /// <summary>Gets the file with answers of other models for crystals without a label; null for none.</summary>
    public string? SoftLabels { get; init; }

    /// <summary>Gets whether a run in the folder is gone on with.</summary>
    public bool Resume { get; init; }
}
