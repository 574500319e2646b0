using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Reorders the atoms of cells.</summary>
public static class PermutationTransformation
{
    /// <summary>Puts the atoms into another order.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="order">For each place the zero-based index of the atom that goes there; every atom once.</param>
    /// <returns>The same crystal with reordered atoms.</returns>
    /// <exception cref="ArgumentException">The order is not a permutation of the atoms.</exception>
    public static Crystal Permute(this Crystal crystal, IReadOnlyList<int> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var used = new bool[crystal.Count];
        var species = ImmutableArray.CreateBuilder<Element>(crystal.Count);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(crystal.Count);
        if (order.Count != crystal.Count)
        {
            throw new ArgumentException($"A permutation of {crystal.Count} atoms has as many numbers, not {order.Count}.", nameof(order));
        }

        for (var place = 0; place < order.Count; place++)
        {
            var atom = order[place];
            if ((uint)atom >= (uint)crystal.Count || used[atom])
            {
                throw new ArgumentException(
                    $"A permutation names every atom from 0 to {crystal.Count - 1} once; found {atom} at place {place}.", nameof(order));
            }

            used[atom] = true;
            species.Add(crystal.Species[atom]);
            positions.Add(crystal.FractionalPositions[atom]);
        }

        return Crystal.WithKnownDistances(crystal.Lattice, species.MoveToImmutable(), positions.MoveToImmutable());
    }
}
