using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Transformations;

/// <summary>Describes crystals by their smallest cell.</summary>
public static class PrimitiveTransformation
{
    /// <summary>Finds the standard primitive cell with spglib.</summary>
    /// <param name="crystal">The crystal, in any cell and orientation.</param>
    /// <param name="options">The tolerances; null for the defaults.</param>
    /// <returns>The same crystal in its smallest cell, which is right-handed.</returns>
    /// <exception cref="SymmetryException">spglib finds none, or one of another composition or density.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="TransformationException">The atoms of the given cell are not a multiple of those of the primitive one.</exception>
    public static Crystal ToPrimitive(this Crystal crystal, SymmetryOptions? options = null)
    {
        var primitive = SymmetryFinder.Primitive(crystal, options); // which checks composition and density
        return crystal.Count % primitive.Count == 0
            ? primitive
            : throw new TransformationException("primitive cell", $"a divisor of {crystal.Count} atoms", $"{primitive.Count}");
    }
}
