using System.Collections.Immutable;

namespace Faithful.Datasets.Purification;

/// <summary>
/// Removes distorted copies: crystals of one formula and one number of atoms in the primitive cell that have different space
/// groups, but nearly the same interatomic distances.
/// </summary>
/// <remarks>
/// The paper speaks of "39 tuples of materials [that] were merely minor distortions of each other" and gives no criterion. Here
/// two crystals are such copies when their volumes per atom differ by no more than a ratio, and their
/// <see cref="DistanceFingerprint"/>s by no more than a tolerance, both after scaling to one volume per atom. A crystal and the
/// same with atoms moved or the cell strained a little are always found, because the fingerprint moves no farther than the
/// distances do. Mirror images have the same distances: a crystal and its other hand (in the space groups 152 and 154, say) are
/// one material, too. The relation is symmetric and depends on the two crystals alone; chains of copies count as one material.
/// </remarks>
public sealed class DistortedCopyRule : GroupRule
{
    private readonly double tolerance;
    private readonly double volumeRatio;

    /// <summary>Initializes a new instance of the <see cref="DistortedCopyRule"/> class.</summary>
    /// <param name="tolerance">How far distances may differ, as a fraction of the mean spacing of atoms; 0 finds nothing.</param>
    /// <param name="volumeRatio">The ratio by which the volumes per atom may differ, at least 1.</param>
    public DistortedCopyRule(double tolerance, double volumeRatio)
        : base("distorted_copy", Explain(tolerance)) => (this.tolerance, this.volumeRatio) = (tolerance, volumeRatio);

    /// <summary>Whether two crystals are distorted copies of each other. Their cells must be primitive.</summary>
    /// <param name="first">One crystal.</param>
    /// <param name="second">Another one.</param>
    /// <returns>True when they are; the space groups are not asked for.</returns>
    public bool AreCopies(ExaminedCrystal first, ExaminedCrystal second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Crystal.Count == second.Crystal.Count
            && first.Crystal.ReducedFormula == second.Crystal.ReducedFormula
            && HaveSimilarVolumes(first, second)
            && DistanceFingerprint.Of(first.Crystal).IsWithin(DistanceFingerprint.Of(second.Crystal), tolerance);
    }

    internal override MaterialRelation Relate(ImmutableArray<ExaminedCrystal> crystals, int threads, CancellationToken cancellationToken)
    {
        List<(int, int)> pairs = [];
        if (tolerance > 0)
        {
            var candidates = crystals
                .GroupBy(crystal => (crystal.Crystal.ReducedFormula, crystal.Crystal.Count))
                .Select(group => group.OrderBy(crystal => crystal.Crystal.VolumePerAtom).ToList())
                .Where(group => group.Exists(crystal => crystal.SpaceGroup != group[0].SpaceGroup));
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            Parallel.ForEach(candidates, parallel, group =>
            {
                var found = PairsOf(group);
                lock (pairs)
                {
                    pairs.AddRange(found);
                }
            });
        }

        return new PairRelation(pairs);
    }

    private protected override string Describe(IReadOnlyList<ExaminedCrystal> group)
    {
        var spaceGroups = string.Join(", ", group.Select(crystal => crystal.SpaceGroup).Order());
        return $"{group[0].Crystal.ReducedFormula} in the space groups {spaceGroups} with nearly the same interatomic distances";
    }

    private static string Explain(double tolerance) => tolerance == 0
        ? "not looked for"
        : FormattableString.Invariant($"distances of another crystal within {tolerance} of the mean spacing");

    // Sorted by volume, so that the partners of a crystal follow it at once.
    private List<(int First, int Second)> PairsOf(List<ExaminedCrystal> group)
    {
        List<(int, int)> found = [];
        var fingerprints = new DistanceFingerprint?[group.Count];
        DistanceFingerprint FingerprintOf(int member) => fingerprints[member] ??= DistanceFingerprint.Of(group[member].Crystal);
        for (var first = 0; first < group.Count; first++)
        {
            for (var second = first + 1; second < group.Count && HaveSimilarVolumes(group[first], group[second]); second++)
            {
                if (group[first].SpaceGroup != group[second].SpaceGroup
                    && FingerprintOf(first).IsWithin(FingerprintOf(second), tolerance))
                {
                    found.Add((group[first].Index, group[second].Index));
                }
            }

            fingerprints[first] = null; // no later crystal is compared with it
        }

        return found;
    }

    private bool HaveSimilarVolumes(ExaminedCrystal first, ExaminedCrystal second)
    {
        var (one, other) = (first.Crystal.VolumePerAtom, second.Crystal.VolumePerAtom);
        return Math.Max(one, other) <= volumeRatio * Math.Min(one, other);
    }
}
