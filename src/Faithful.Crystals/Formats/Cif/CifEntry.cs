namespace Faithful.Crystals.Formats.Cif;

/// <summary>A data block that should be a crystal, read.</summary>
/// <param name="Block">The block; null if its syntax is at fault.</param>
/// <param name="Crystal">The crystal, or null.</param>
/// <param name="Error">What is wrong, or null.</param>
internal sealed record CifEntry(CifBlock? Block, Crystal? Crystal, CrystalFormatException? Error);
