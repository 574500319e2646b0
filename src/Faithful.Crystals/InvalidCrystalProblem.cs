namespace Faithful.Crystals;

/// <summary>What makes a lattice or a crystal invalid.</summary>
public enum InvalidCrystalProblem
{
    /// <summary>A number is not finite or beyond what a crystal can have.</summary>
    NumberOutOfRange,

    /// <summary>The basis vectors lie in a plane, or nearly so.</summary>
    NoVolume,

    /// <summary>The cell angles do not close a cell.</summary>
    ImpossibleAngles,

    /// <summary>There is no atom.</summary>
    NoAtoms,

    /// <summary>The number of species differs from the number of positions.</summary>
    CountsDiffer,

    /// <summary>Two atoms, or an atom and its own periodic image, lie on top of each other.</summary>
    AtomsTooClose,
}
