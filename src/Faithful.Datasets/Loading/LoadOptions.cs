namespace Faithful.Datasets;

/// <summary>How a <see cref="MaterialDataset"/> is read.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Gets a value indicating whether the first bad row ends the reading. The default value is false: it is reported and left out.
    /// </summary>
    public bool Strict { get; init; }
}
