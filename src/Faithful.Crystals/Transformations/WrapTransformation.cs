using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Moves atoms into the cell.</summary>
public static class WrapTransformation
{
    /// <summary>Takes every fractional coordinate into [0, 1).</summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>The same crystal with all atoms inside the cell, or the very instance if they are.</returns>
    public static Crystal Wrap(this Crystal crystal)
    {
        foreach (var position in crystal.FractionalPositions)
        {
            if (!(position.X is >= 0 and < 1 && position.Y is >= 0 and < 1 && position.Z is >= 0 and < 1))
            {
                return Crystal.WithKnownDistances(
                    crystal.Lattice,
                    crystal.Species,
                    ImmutableArray.CreateRange(crystal.FractionalPositions, PeriodicCoordinate.Wrap));
            }
        }

        return crystal;
    }
}
