using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Moves the origin of cells.</summary>
public static class TranslationTransformation
{
    /// <summary>Adds the same fractional vector to every position.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="fractional">The translation, in fractions of the basis vectors.</param>
    /// <returns>The same crystal about another origin; nothing is wrapped.</returns>
    /// <exception cref="InvalidCrystalException">The translation is not finite or too long.</exception>
    public static Crystal Translate(this Crystal crystal, Vector3D fractional) => Crystal.WithKnownDistances(
        crystal.Lattice,
        crystal.Species,
        ImmutableArray.CreateRange(crystal.FractionalPositions, position => position + fractional));
}
