namespace Faithful.Crystals.Neighbors;

/// <summary>Finds the neighbours of atoms in periodic crystals, exactly and for every shape of cell.</summary>
/// <remarks>
/// The lattice is reduced first (<see cref="LatticeReduction"/>), so that a skewed cell costs no more than a compact one. Then all
/// images of atoms within the cutoff of the reduced cell are laid out once (<see cref="ImageCloud"/>), and for each atom the
/// distances to all of them are taken four at a time (<see cref="CloudScan"/>); in large cells only to those near its neighbourhood.
/// </remarks>
public static class NeighborSearch
{
    /// <summary>The most edges that one list may have; a cutoff that would need more is a mistake.</summary>
    public const int MaximumEdges = 500_000_000;

    /// <summary>
    /// What a distance may exceed the cutoff by, as a fraction of it, and still count as equal. So a shell of neighbours that
    /// lies exactly at the cutoff is in the list as a whole, however the cell is turned, and not as rounding has it.
    /// </summary>
    public const double RelativeSlack = 1e-10;

    [ThreadStatic]
    private static CloudScan? threadScan;

    /// <summary>Finds all pairs of atoms with 0 &lt; d ≤ cutoff, periodic images and an atom's own images included.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="cutoff">The largest distance, Å, positive and finite; it may be longer than the cell.</param>
    /// <returns>The edges, in both directions, sorted by target, source and image.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is not positive and finite, or would give too many edges.</exception>
    public static NeighborList Find(Crystal crystal, double cutoff)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (!(cutoff > 0 && double.IsFinite(cutoff)))
        {
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "A cutoff is a positive, finite length in Å.");
        }

        CheckEdges(crystal, cutoff);
        var scan = threadScan ??= new();
        var list = scan.Find(crystal, cutoff);
        Keep(scan);
        return list;
    }

    /// <summary>Finds for each atom its nearest neighbours within a cutoff, periodic images and its own images included.</summary>
    /// <remarks>
    /// Where neighbours at one distance would have to share the last place, the first in the order of source and image gets it:
    /// the choice is the same at every run, but rounding may make it another one for a rotated crystal. All atoms within a radius
    /// (<see cref="Find"/>) have no such choice.
    /// </remarks>
    /// <param name="crystal">The crystal.</param>
    /// <param name="count">The most neighbours of an atom, at least 1.</param>
    /// <param name="cutoff">The largest distance, Å, positive and finite.</param>
    /// <returns>The edges to each atom, sorted by target, source and image; fewer than the count where the cutoff holds no more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count or the cutoff is out of range.</exception>
    public static NeighborList Nearest(Crystal crystal, int count, double cutoff)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(cutoff > 0 && double.IsFinite(cutoff)))
        {
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "A cutoff is a positive, finite length in Å.");
        }

        // A sphere that holds about twice as many (one real crystal in 500 needs more); where an atom has fewer in it, the sphere grows.
        var radius = Math.Cbrt(2.0 * count * crystal.VolumePerAtom / (4.0 / 3.0 * Math.PI));
        var scan = threadScan ??= new();
        NeighborList? list = null;
        for (; list is null; radius *= 1.25)
        {
            radius = Math.Min(radius, cutoff);
            CheckEdges(crystal, radius);
            list = scan.FindNearest(crystal, count, radius, radius >= cutoff);
        }

        Keep(scan);
        return list;
    }

    private static void CheckEdges(Crystal crystal, double cutoff)
    {
        var expectedEdges = 4.0 / 3.0 * Math.PI * cutoff * cutoff * cutoff * crystal.Count / crystal.VolumePerAtom;
        if (expectedEdges > MaximumEdges)
        {
            var message = FormattableString.Invariant($"The cutoff would give about {expectedEdges:0.#e+0} edges.");
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, message);
        }
    }

    // One huge crystal must not hold its memory for ever.
    private static void Keep(CloudScan scan)
    {
        if (scan.IsLarge)
        {
            threadScan = null;
        }
    }
}
