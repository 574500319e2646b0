namespace Faithful.Networks;

/// <summary>What a bin of the <see cref="Nnn"/> holds of its species besides the element vector.</summary>
public enum BinContent
{
    /// <summary>Share, number, site symmetries, and structure factors relative to those of the crystal: no origin, no order of atoms.</summary>
    Arrangement,

    /// <summary>The encoded position of each atom, padded with zeros, as in the paper.</summary>
    Positions,
}
