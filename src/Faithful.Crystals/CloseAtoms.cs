using System.Collections.Immutable;

namespace Faithful.Crystals;

/// <summary>
/// Finds atoms on top of each other, periodic images included: few atoms by sorting them along one axis, many in a grid, so that the
/// time grows with their number even if they all lie in a plane.
/// </summary>
internal static class CloseAtoms
{
    private const int StackLimit = 128;

    /// <summary>Three indices of a box of the grid fit into 63 bits.</summary>
    private const int MostBoxes = 1 << 20;

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
        if (positions.Length > StackLimit)
        {
            return FindInGrid(reduced, spacings, reduction, positions, distance);
        }

        var axis = spacings.X >= spacings.Y && spacings.X >= spacings.Z ? 0 : spacings.Y >= spacings.Z ? 1 : 2;
        Span<Vector3D> places = stackalloc Vector3D[StackLimit];
        Span<double> keys = stackalloc double[StackLimit];
        Span<int> order = stackalloc int[StackLimit];
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

    // Boxes are at least as wide as the distance, so that close atoms are in one box or in neighbouring ones.
    private static (int First, int Second, double Distance)? FindInGrid(
        Lattice reduced, Vector3D spacings, LatticeReduction reduction, ImmutableArray<Vector3D> positions, double distance)
    {
        var (nx, ny, nz) = (Boxes(spacings.X, distance), Boxes(spacings.Y, distance), Boxes(spacings.Z, distance));
        var places = new Vector3D[positions.Length];
        var next = new int[positions.Length]; // the atom that came into the box before, or -1
        var last = new Dictionary<long, int>(positions.Length);
        for (var atom = 0; atom < positions.Length; atom++)
        {
            var place = places[atom] = ReducedPosition(positions[atom], reduction);
            var (x, y, z) = (Math.Min((int)(place.X * nx), nx - 1), Math.Min((int)(place.Y * ny), ny - 1), Math.Min((int)(place.Z * nz), nz - 1));
            for (var dx = FirstStep(nx); dx <= LastStep(nx); dx++)
            {
                for (var dy = FirstStep(ny); dy <= LastStep(ny); dy++)
                {
                    for (var dz = FirstStep(nz); dz <= LastStep(nz); dz++)
                    {
                        if (!last.TryGetValue(Key((x + dx + nx) % nx, (y + dy + ny) % ny, (z + dz + nz) % nz), out var other))
                        {
                            continue;
                        }

                        for (; other >= 0; other = next[other])
                        {
                            var found = ShortestDistance(reduced, spacings, place - places[other], distance);
                            if (found < distance)
                            {
                                return (other, atom, found);
                            }
                        }
                    }
                }
            }

            var key = Key(x, y, z);
            next[atom] = last.TryGetValue(key, out var before) ? before : -1;
            last[key] = atom;
        }

        return null;
    }

    private static int Boxes(double spacing, double distance) => (int)Math.Clamp(spacing / distance, 1, MostBoxes);

    // Of two boxes each is the other's neighbour on both sides.
    private static int FirstStep(int boxes) => boxes > 2 ? -1 : 0;

    private static int LastStep(int boxes) => boxes > 1 ? 1 : 0;

    private static long Key(int x, int y, int z) => (((long)x * MostBoxes) + y) * MostBoxes + z;

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
