namespace Faithful.Crystals.Tests;

/// <summary>Neighbours by the definition: every translation that plane spacings allow, for every pair.</summary>
internal static class BruteForce
{
    public readonly record struct Edge(int Target, int Source, int Image1, int Image2, int Image3, double Distance);

    public static List<Edge> Neighbors(Crystal crystal, double cutoff)
    {
        var edges = new List<Edge>();
        var spacings = crystal.Lattice.PlaneSpacings;
        var positions = crystal.FractionalPositions;
        for (var target = 0; target < crystal.Count; target++)
        {
            for (var source = 0; source < crystal.Count; source++)
            {
                var difference = positions[source] - positions[target];
                var (reach1, reach2, reach3) = (cutoff / spacings.X, cutoff / spacings.Y, cutoff / spacings.Z);
                for (var n1 = (int)Math.Floor(-reach1 - difference.X); n1 <= reach1 - difference.X + 1; n1++)
                {
                    for (var n2 = (int)Math.Floor(-reach2 - difference.Y); n2 <= reach2 - difference.Y + 1; n2++)
                    {
                        for (var n3 = (int)Math.Floor(-reach3 - difference.Z); n3 <= reach3 - difference.Z + 1; n3++)
                        {
                            var distance = crystal.Lattice.ToCartesian(difference + new Vector3D(n1, n2, n3)).Length;
                            if (distance <= cutoff && (target != source || (n1 | n2 | n3) != 0))
                            {
                                edges.Add(new(target, source, n1, n2, n3, distance));
                            }
                        }
                    }
                }
            }
        }

        return edges;
    }
}
