namespace Faithful.Networks;

/// <summary>What an edge of a crystal graph carries.</summary>
public enum EdgeEncoding
{
    /// <summary>Its length on radial functions that fall to 0 at the cutoff; it does not depend on the orientation.</summary>
    Lengths,

    /// <summary>Its length and its three Cartesian components in Å, as in the paper; they turn with the crystal.</summary>
    Vectors,
}
