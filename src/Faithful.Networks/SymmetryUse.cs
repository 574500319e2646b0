namespace Faithful.Networks;

/// <summary>Whether a network reads space group and site symmetry.</summary>
public enum SymmetryUse
{
    /// <summary>Where the task allows it.</summary>
    Allowed,

    /// <summary>Always; a task that must not be given the symmetry is refused.</summary>
    Required,

    /// <summary>Never.</summary>
    None,
}
