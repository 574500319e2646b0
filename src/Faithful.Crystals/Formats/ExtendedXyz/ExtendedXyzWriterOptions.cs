namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>How extended XYZ files are written.</summary>
public sealed record ExtendedXyzWriterOptions
{
    /// <summary>Gets a value indicating whether labels are written. The default value is true.</summary>
    public bool WithLabels { get; init; } = true;
}
