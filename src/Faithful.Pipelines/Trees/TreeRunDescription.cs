using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>
/// What a run of trees trains, on what, and how: the content of <c>options.json</c>. Two runs with equal descriptions give the
/// same trees.
/// </summary>
public sealed record TreeRunDescription
{
    /// <summary>Gets the model's name, <c>gbt</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the options of the trees.</summary>
    public required CrystalTreesOptions Trees { get; init; }

    /// <summary>Gets how crystals are prepared.</summary>
    public required PreparationOptions Preparation { get; init; }

    /// <summary>Gets what the data is; the numbers of trees are filled in at the end of the run.</summary>
    public required TrainingSummary Data { get; init; }

    /// <summary>Gets what stands for a crystal that has no descriptors.</summary>
    public required FallbackPrediction Fallback { get; init; }
}
