using Faithful.Datasets;

namespace Faithful.Pipelines;

/// <summary>How a source of crystals becomes a data view.</summary>
public sealed record CrystalLoadOptions
{
    /// <summary>
    /// Gets the file of labels to join by id (<see cref="LabelTable"/>). The default value null means the one that lies with
    /// the crystals (<see cref="LabelFile"/>), if there is one.
    /// </summary>
    public string? LabelFile { get; init; }

    /// <summary>Gets a value indicating whether the first bad crystal ends the reading. The default value is false: it is reported and left out.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Gets the tasks whose label columns have a type that is known: numbers for regressions, text for classifications, even where
    /// all classes look like numbers. The default value is <see cref="LearningTaskTable.Standard"/>.
    /// </summary>
    public LearningTaskTable Tasks { get; init; } = LearningTaskTable.Standard;
}
