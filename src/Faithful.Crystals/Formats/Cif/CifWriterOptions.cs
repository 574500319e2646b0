namespace Faithful.Crystals.Formats.Cif;

/// <summary>How CIF files are written.</summary>
public sealed record CifWriterOptions
{
    /// <summary>
    /// Gets the number of decimal places of lengths, angles and fractions, 0 to 15, or null for all digits, with which fractions are
    /// read again to the last bit. The default value is null.
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
