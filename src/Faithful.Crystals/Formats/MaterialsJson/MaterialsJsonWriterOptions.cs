namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>How materials JSONL files are written.</summary>
public sealed record MaterialsJsonWriterOptions
{
    /// <summary>
    /// Gets a value indicating whether the lattice is written as the six numbers of <c>cell</c>, which forgets its orientation,
    /// instead of the nine of <c>lattice</c>. The default value is false.
    /// </summary>
    public bool AsCell { get; init; }

    /// <summary>
    /// Gets the number of decimal places of lengths, angles and fractions, 0 to 15, or null for all digits, with which the
    /// crystals are read again to the last bit. The default value is null.
    /// </summary>
    public int? DecimalPlaces { get; init; }

    internal void Validate()
    {
        if (DecimalPlaces is < 0 or > 15)
        {
            throw new ArgumentOutOfRangeException(nameof(DecimalPlaces), DecimalPlaces, "Decimal places go from 0 to 15.");
        }
    }
}
