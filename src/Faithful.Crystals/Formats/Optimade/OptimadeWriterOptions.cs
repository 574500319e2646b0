namespace Faithful.Crystals.Formats.Optimade;

/// <summary>How structures of OPTIMADE are written.</summary>
public sealed record OptimadeWriterOptions
{
    /// <summary>Gets a value indicating whether labels are written. The default value is true.</summary>
    public bool WithLabels { get; init; } = true;
}
