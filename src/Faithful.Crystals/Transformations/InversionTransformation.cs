using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Makes the mirror image of crystals.</summary>
public static class InversionTransformation
{
    /// <summary>Inverts every position at the origin. A chiral crystal becomes its other hand; any other stays the same crystal.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>The inverted crystal.</returns>
    public static Crystal Invert(this Crystal crystal) => Crystal.WithKnownDistances(
        crystal.Lattice,
        crystal.Species,
        ImmutableArray.CreateRange(crystal.FractionalPositions, position => -position));
}
