namespace Faithful.Networks.Embeddings;

/// <summary>What the global vector of a crystal is made of.</summary>
public enum GlobalEncoding
{
    /// <summary>
    /// Quantities that do not depend on the choice of the cell: volume, electrons, statistics of the elements' properties and,
    /// where the task allows it, space group and orbitals by site symmetry; otherwise cell shape and structure factors.
    /// </summary>
    Invariant,

    /// <summary>The same without the statistics of the elements, the orbitals and the structure factors.</summary>
    Plain,

    /// <summary>The paper's code: the sines of the lattice's nine components with periods of 5 and 2.5 Å, and the one-hot space group.</summary>
    LatticeSines,
}
