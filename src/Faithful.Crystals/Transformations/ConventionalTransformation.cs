using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Transformations;

/// <summary>Describes crystals by the conventional cell of their space group.</summary>
public static class ConventionalTransformation
{
    /// <summary>Finds the conventional cell of the International Tables with spglib.</summary>
    /// <param name="crystal">The crystal, in any cell and orientation.</param>
    /// <param name="options">The tolerances; null for the defaults.</param>
    /// <returns>The same crystal in its conventional cell, which is right-handed.</returns>
    /// <exception cref="SymmetryException">spglib finds none, or one of another composition or density.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Crystal ToConventional(this Crystal crystal, SymmetryOptions? options = null) =>
        SymmetryFinder.Conventional(crystal, options); // which checks composition and density
}
