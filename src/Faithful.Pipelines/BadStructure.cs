namespace Faithful.Pipelines;

/// <summary>What becomes of a row whose structure cannot be read.</summary>
public enum BadStructure
{
    /// <summary>The row stays; its numbers are NaN, its keys 0 and its texts empty, but for the note that says why.</summary>
    Missing,

    /// <summary>The row is left out.</summary>
    Drop,

    /// <summary>The work ends with a <see cref="Faithful.Crystals.Formats.CrystalFormatException"/>.</summary>
    Throw,
}
