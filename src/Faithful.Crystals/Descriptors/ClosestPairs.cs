using Faithful.Crystals.Neighbors;

namespace Faithful.Crystals.Descriptors;

/// <summary>The shortest distances between atoms of the same and of different elements.</summary>
/// <param name="Like">Between two atoms of one element, Å.</param>
/// <param name="Unlike">Between atoms of different elements, Å; NaN where there is but one element.</param>
internal readonly record struct ClosestPairs(double Like, double Unlike)
{
    public static ClosestPairs Of(BondNetwork bonds, int species)
    {
        var found = Among(bonds.Crystal, bonds.Pairs);
        var isComplete = double.IsFinite(found.Like) && (species == 1 || double.IsFinite(found.Unlike));
        if (!isComplete)
        {
            found = Among(bonds.Crystal, NeighborSearch.Find(bonds.Crystal, BondNetwork.LargestCutoff(bonds.Crystal)));
            isComplete = double.IsFinite(found.Like) && (species == 1 || double.IsFinite(found.Unlike));
        }

        if (!isComplete)
        {
            found = AmongAll(bonds.Crystal); // atoms that are many spacings apart: thin needles, plates and lone atoms
        }

        return found with { Unlike = species > 1 ? found.Unlike : double.NaN };
    }

    private static ClosestPairs Among(Crystal crystal, NeighborList pairs)
    {
        var (like, unlike) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            if (crystal.Species[pairs.Source[pair]] == crystal.Species[pairs.Target[pair]])
            {
                like = Math.Min(like, pairs.Distances[pair]);
            }
            else
            {
                unlike = Math.Min(unlike, pairs.Distances[pair]);
            }
        }

        return new(like, unlike);
    }

    // In a Minkowski-reduced basis the nearest image is at most one cell from the rounded difference.
    private static ClosestPairs AmongAll(Crystal crystal)
    {
        var reduction = crystal.Lattice.Reduction;
        var reduced = new Lattice(reduction.A, reduction.B, reduction.C);
        var (like, unlike) = (reduction.A.Length, double.PositiveInfinity);
        for (var first = 0; first < crystal.Count; first++)
        {
            for (var second = 0; second < first; second++)
            {
                var f = reduced.ToFractional(crystal.CartesianPosition(first) - crystal.CartesianPosition(second));
                var rest = f - new Vector3D(Math.Round(f.X), Math.Round(f.Y), Math.Round(f.Z));
                var distance = double.PositiveInfinity;
                for (var image = 0; image < 27; image++)
                {
                    var moved = rest + new Vector3D((image % 3) - 1, (image / 3 % 3) - 1, (image / 9) - 1);
                    distance = Math.Min(distance, reduced.ToCartesian(moved).Length);
                }

                if (crystal.Species[first] == crystal.Species[second])
                {
                    like = Math.Min(like, distance);
                }
                else
                {
                    unlike = Math.Min(unlike, distance);
                }
            }
        }

        return new(like, unlike);
    }
}
