using Faithful.Crystals.Neighbors;

namespace Faithful.Datasets.Purification;

/// <summary>Removes crystals with atoms on top of each other: disordered sites, or mistakes.</summary>
public sealed class AtomDistanceRule : CrystalRule
{
    private readonly double minimumDistance;

    /// <summary>Initializes a new instance of the <see cref="AtomDistanceRule"/> class.</summary>
    /// <param name="minimumDistance">How close two atoms may be, Å.</param>
    public AtomDistanceRule(double minimumDistance)
        : base("atoms_too_close", FormattableString.Invariant($"two atoms are closer than {minimumDistance} Å")) =>
        this.minimumDistance = minimumDistance;

    /// <inheritdoc/>
    public override CrystalVerdict Judge(ExaminedCrystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (minimumDistance == 0)
        {
            return CrystalVerdict.Keep(crystal);
        }

        var neighbors = NeighborSearch.Find(crystal.Crystal, minimumDistance);
        var closest = -1;
        for (var edge = 0; edge < neighbors.Count; edge++)
        {
            if (neighbors.Distances[edge] < minimumDistance
                && (closest < 0 || neighbors.Distances[edge] < neighbors.Distances[closest]))
            {
                closest = edge;
            }
        }

        if (closest < 0)
        {
            return CrystalVerdict.Keep(crystal);
        }

        var (source, target, distance) = (neighbors.Source[closest] + 1, neighbors.Target[closest] + 1, neighbors.Distances[closest]);
        var pair = source == target ? $"atom {source} and its own image" : $"atoms {Math.Min(source, target)} and {Math.Max(source, target)}";
        return CrystalVerdict.Remove(FormattableString.Invariant($"{pair} are only {distance:0.000} Å apart"));
    }
}
