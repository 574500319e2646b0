namespace Faithful.Networks;

/// <summary>How the tokens of the <see cref="Cann"/> know where their atoms are.</summary>
public enum TokenPosition
{
    /// <summary>
    /// By the distances to the atoms around, and by phases that turn queries and keys so that attention depends on differences
    /// of positions alone: no origin.
    /// </summary>
    Relative,

    /// <summary>By the sines of the paper's code beside the element vector.</summary>
    Sines,
}
