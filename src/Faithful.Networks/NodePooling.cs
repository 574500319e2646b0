namespace Faithful.Networks;

/// <summary>How the vectors of a crystal's atoms become one.</summary>
public enum NodePooling
{
    /// <summary>Their mean: a supercell gives the same.</summary>
    Mean,

    /// <summary>Their sum, as in the paper's code: a supercell gives a multiple.</summary>
    Sum,
}
