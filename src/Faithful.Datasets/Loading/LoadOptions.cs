namespace Faithful.Datasets;

/// <summary>How a <see cref="MaterialDataset"/> is read.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Gets a value indicating whether the first bad row ends the reading. The default value is false: it is reported and left out.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Gets the file of labels to join by id (<see cref="LabelTable"/>). The default value null means the one that lies with
    /// the crystals (<see cref="LabelFile"/>), if there is one.
    /// </summary>
    public string? Labels { get; init; }

    /// <summary>Gets the tasks that have a name. The default value is <see cref="LearningTaskTable.Standard"/>.</summary>
    public LearningTaskTable Tasks { get; init; } = LearningTaskTable.Standard;
}
