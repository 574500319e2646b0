using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Moves atoms into the cell.</summary>
public static class WrapTransformation
{
    /// <summary>Takes every fractional coordinate into [0, 1).</summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>The same crystal with all atoms inside the cell, or the very instance if they are.</returns>
    /// <exception cref="TransformationException">A coordinate of the result is not in [0, 1).</exception>
    public static Crystal Wrap(this Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (FirstOutside(crystal) is null)
        {
            return crystal;
        }

        var wrapped = Crystal.WithKnownDistances(
            crystal.Lattice,
            crystal.Species,
            ImmutableArray.CreateRange(crystal.FractionalPositions, PeriodicCoordinate.Wrap));
        return FirstOutside(wrapped) is { } position
            ? throw new TransformationException("wrapping", "fractional coordinates in [0, 1)", $"{position}")
            : wrapped;
    }

    private static Vector3D? FirstOutside(Crystal crystal)
    {
        foreach (var position in crystal.FractionalPositions)
        {
            if (!(position.X is >= 0 and < 1 && position.Y is >= 0 and < 1 && position.Z is >= 0 and < 1))
            {
                return position;
            }
        }

        return null;
    }
}
