namespace Faithful.Models;

/// <summary>What one row of a model input describes; also the name of its dynamic axis.</summary>
public enum ModelInputRows
{
    /// <summary>One row an atom.</summary>
    Atoms,

    /// <summary>One row a crystal.</summary>
    Crystals,

    /// <summary>One row a directed edge between neighbouring atoms.</summary>
    Edges,
}
