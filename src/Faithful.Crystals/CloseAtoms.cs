using System.Collections.Immutable;

namespace Faithful.Crystals;

/// <summary>Finds atoms on top of each other, periodic images included, in about n log n steps.</summary>
internal static class CloseAtoms
{
    private const int StackLimit = 128;

    /// <summary>Finds a pair of atoms closer than a small distance.</summary>
    /// <param name="lattice">The lattice.</param>
    /// <param name="positions">Fractional positions.</param>
    /// <param name="distance">The distance, Å; small against a cell.</param>
    /// <returns>The indices of the pair (equal for an atom and its own image; else ascending) and its distance, or null.</returns>
    public static (int First, int Second, double Distance)? Find(Lattice lattice, ImmutableArray<Vector3D> positions, double distance)
    {
        var reduction = lattice.Reduction;
        if (reduction.A.Length < distance)
        {
            return (0, 0, reduction.A.Length);
        }

        if (positions.Length == 1)
        {
            return null;
        }

        var reduced = reduction.IsIdentity ? lattice : new Lattice(reduction.A, reduction.B, reduction.C);
        var spacings = reduced.PlaneSpacings;
        var axis = spacings.X >= spacings.Y && spacings.X >= spacings.Z ? 0 : spacings.Y >= spacings.Z ? 1 : 2;
        Span<Vector3D> places = positions.Length <= StackLimit ? stackalloc Vector3D[StackLimit] : new Vector3D[positions.Length];
        Span<double> keys = positions.Length <= StackLimit ? stackalloc double[StackLimit] : new double[positions.Length];
        Span<int> order = positions.Length <= StackLimit ? stackalloc int[StackLimit] : new int[positions.Length];
        places = places[..positions.Length];
        keys = keys[..positions.Length];
        order = order[..positions.Length];
        for (var atom = 0; atom < positions.Length; atom++)
        {
            places[atom] = ReducedPosition(positions[atom], reduction);
            keys[atom] = places[atom][axis];
            order[atom] = atom;
        }

        keys.Sort(order);
        var window = distance / spacings[axis];
        for (var index = 0; index < order.Length; index++)
        {
            for (var step = 1; step < order.Length; step++)
            {
                var next = index + step;
                var gap = next < order.Length ? keys[next] - keys[index] : keys[next - order.Length] + 1 - keys[index];
                if (gap > window)
                {
                    break;
                }

                var other = order[next < order.Length ? next : next - order.Length];
                var found = ShortestDistance(reduced, spacings, places[order[index]] - places[other], distance);
                if (found < distance)
                {
                    return (Math.Min(order[index], other), Math.Max(order[index], other), found);
                }
            }
        }

        return null;
    }

    private static Vector3D ReducedPosition(Vector3D position, LatticeReduction reduction)
    {
        var wrapped = PeriodicCoordinate.Wrap(position);
        if (reduction.IsIdentity)
        {
            return wrapped;
        }

        var m = reduction.RowsOfOriginal;
        return PeriodicCoordinate.Wrap(new Vector3D(
            (wrapped.X * m[0]) + (wrapped.Y * m[3]) + (wrapped.Z * m[6]),
            (wrapped.X * m[1]) + (wrapped.Y * m[4]) + (wrapped.Z * m[7]),
            (wrapped.X * m[2]) + (wrapped.Y * m[5]) + (wrapped.Z * m[8])));
    }

    private static double ShortestDistance(Lattice reduced, Vector3D spacings, Vector3D difference, double limit)
    {
        var nearest = difference - new Vector3D(Math.Round(difference.X), Math.Round(difference.Y), Math.Round(difference.Z));
        if (Math.Abs(nearest.X) * spacings.X > limit
            || Math.Abs(nearest.Y) * spacings.Y > limit
            || Math.Abs(nearest.Z) * spacings.Z > limit)
        {
            return double.PositiveInfinity; // the planes alone are farther apart than that
        }

        // The planes of a reduced basis are at least 0.7 shortest vectors apart, so two images either way are enough.
        var shortest = double.PositiveInfinity;
        for (var x = -2; x <= 2; x++)
        {
            for (var y = -2; y <= 2; y++)
            {
                for (var z = -2; z <= 2; z++)
                {
                    shortest = Math.Min(shortest, reduced.ToCartesian(nearest + new Vector3D(x, y, z)).Length);
                }
            }
        }

        return shortest;
    }
}
