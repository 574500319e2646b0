namespace Faithful.Networks;

/// <summary>Which atoms attend to which.</summary>
public enum AttentionKind
{
    /// <summary>Every atom of a crystal to every other.</summary>
    Full,

    /// <summary>
    /// A few trained inducing points to all atoms, and all atoms to them: linear in the number of atoms (Lee et al. 2019, set
    /// transformer, arXiv:1810.00825).
    /// </summary>
    Induced,
}
