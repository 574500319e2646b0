using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets.Purification;

/// <summary>A crystal on its way through the rules, with what they have found so far.</summary>
/// <param name="Index">The zero-based place of the crystal in the input.</param>
/// <param name="Record">The crystal, its id and labels; in its primitive cell once the rules have reduced it.</param>
public sealed record ExaminedCrystal(int Index, CrystalRecord Record)
{
    /// <summary>Gets the space group, 1 to 230; 0 before it is found.</summary>
    public int SpaceGroup { get; init; }

    /// <summary>Gets the space group of the cell as it was read, 1 to 230; 0 before it is found.</summary>
    public int SpaceGroupAsRead { get; init; }

    /// <summary>Gets what rules have changed.</summary>
    public ImmutableArray<ChangedCrystal> Changes { get; init; } = [];

    /// <summary>Gets the crystal.</summary>
    public Crystal Crystal => Record.Crystal;

    /// <summary>Gets the symmetry while the rules for single crystals need it; null before and after.</summary>
    internal CrystalSymmetry? Symmetry { get; init; }
}
