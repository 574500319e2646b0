namespace Faithful.Crystals.Neighbors;

/// <summary>Walks, for every pair of atoms, over exactly the lattice translations that bring them within the cutoff.</summary>
/// <remarks>
/// The lattice is reduced first, so that a skewed cell costs no more than a compact one. In a frame with c along the first axis
/// and b in the plane of the first two, the basis is triangular, and the translations n1, n2, n3 within a sphere form nested
/// intervals: n1 alone fixes the third component, n1 and n2 the second, and n3 only moves along the first (the enumeration of
/// U. Fincke and M. Pohst, Math. Comput. 44, 463 (1985), DOI 10.1090/S0025-5718-1985-0777278-8). So hardly a candidate is
/// computed in vain, whatever the ratio of cutoff and cell. Bounds are widened by 1e-9 and the distance itself decides.
/// Atoms are sorted along the widest axis of a large cell, so that only those within the cutoff along it are paired.
/// </remarks>
internal sealed class LatticeSphereWalk
{
    private readonly double cutoff;
    private readonly LatticeReduction reduction;
    private readonly int count;

    // Triangular basis, Å: a = (a1, a2, a3), b = (b1, b2, 0), c = (c1, 0, 0).
    private readonly double a1;
    private readonly double a2;
    private readonly double a3;
    private readonly double b1;
    private readonly double b2;
    private readonly double c1;

    // Fractions of the reduced basis in [0, 1), one array a component; what is to be added to n · T to give the image.
    private readonly double[] f1;
    private readonly double[] f2;
    private readonly double[] f3;
    private readonly int[] shifts; // (atoms, 3)

    public LatticeSphereWalk(Crystal crystal, double cutoff)
    {
        this.cutoff = cutoff;
        reduction = crystal.Lattice.Reduction;
        count = crystal.Count;
        var (a, b, c) = (reduction.A, reduction.B, reduction.C);
        c1 = c.Length;
        var axis1 = c / c1;
        b1 = b.Dot(axis1);
        var perpendicular = b - (b1 * axis1);
        b2 = perpendicular.Length;
        var axis2 = perpendicular / b2;
        a1 = a.Dot(axis1);
        a2 = a.Dot(axis2);
        a3 = (a - (a1 * axis1) - (a2 * axis2)).Length; // the hand does not matter to distances

        f1 = new double[count];
        f2 = new double[count];
        f3 = new double[count];
        shifts = new int[3 * count];
        for (var atom = 0; atom < count; atom++)
        {
            Place(atom, crystal.FractionalPositions[atom]);
        }
    }

    public void Collect(EdgeBuffer edges)
    {
        for (var target = 0; target < count; target++)
        {
            for (var source = 0; source < count; source++)
            {
                Walk(target, source, edges);
            }
        }
    }

    private void Place(int atom, Vector3D position)
    {
        var m = reduction.RowsOfOriginal;
        var t = reduction.RowsInOriginal;
        var x = PeriodicCoordinate.Wrap(position.X, out var cells1);
        var y = PeriodicCoordinate.Wrap(position.Y, out var cells2);
        var z = PeriodicCoordinate.Wrap(position.Z, out var cells3);
        if (!reduction.IsIdentity)
        {
            var (u, v, w) = (
                (x * m[0]) + (y * m[3]) + (z * m[6]),
                (x * m[1]) + (y * m[4]) + (z * m[7]),
                (x * m[2]) + (y * m[5]) + (z * m[8]));
            x = PeriodicCoordinate.Wrap(u, out var n1);
            y = PeriodicCoordinate.Wrap(v, out var n2);
            z = PeriodicCoordinate.Wrap(w, out var n3);
            cells1 += (n1 * t[0]) + (n2 * t[3]) + (n3 * t[6]);
            cells2 += (n1 * t[1]) + (n2 * t[4]) + (n3 * t[7]);
            cells3 += (n1 * t[2]) + (n2 * t[5]) + (n3 * t[8]);
        }

        (f1[atom], f2[atom], f3[atom]) = (x, y, z);
        (shifts[3 * atom], shifts[(3 * atom) + 1], shifts[(3 * atom) + 2]) = (cells1, cells2, cells3);
    }

    private void Walk(int target, int source, EdgeBuffer edges)
    {
        const double Slack = 1e-9;
        var (d1, d2, d3) = (f1[source] - f1[target], f2[source] - f2[target], f3[source] - f3[target]);
        var shift1 = shifts[3 * target] - shifts[3 * source];
        var shift2 = shifts[(3 * target) + 1] - shifts[(3 * source) + 1];
        var shift3 = shifts[(3 * target) + 2] - shifts[(3 * source) + 2];
        var t = reduction.RowsInOriginal;
        var square = cutoff * cutoff;
        var firstEdge = edges.Count;

        var reach1 = cutoff / a3;
        var last1 = (int)Math.Floor(reach1 - d1 + Slack);
        for (var n1 = (int)Math.Ceiling(-reach1 - d1 - Slack); n1 <= last1; n1++)
        {
            var z = (d1 + n1) * a3;
            var rest = square - (z * z);
            var y0 = ((d1 + n1) * a2) + (d2 * b2);
            var reach2 = Math.Sqrt(Math.Max(rest, 0));
            var last2 = (int)Math.Floor(((reach2 - y0) / b2) + Slack);
            for (var n2 = (int)Math.Ceiling(((-reach2 - y0) / b2) - Slack); n2 <= last2; n2++)
            {
                var y = y0 + (n2 * b2);
                var x0 = ((d1 + n1) * a1) + ((d2 + n2) * b1) + (d3 * c1);
                var reach3 = Math.Sqrt(Math.Max(rest - (y * y), 0));
                var last3 = (int)Math.Floor(((reach3 - x0) / c1) + Slack);
                for (var n3 = (int)Math.Ceiling(((-reach3 - x0) / c1) - Slack); n3 <= last3; n3++)
                {
                    var x = x0 + (n3 * c1);
                    var distance = Math.Sqrt((x * x) + (y * y) + (z * z));
                    if (distance <= cutoff && (source != target || (n1 | n2 | n3) != 0))
                    {
                        edges.Add(
                            source,
                            target,
                            (n1 * t[0]) + (n2 * t[3]) + (n3 * t[6]) + shift1,
                            (n1 * t[1]) + (n2 * t[4]) + (n3 * t[7]) + shift2,
                            (n1 * t[2]) + (n2 * t[5]) + (n3 * t[8]) + shift3,
                            distance);
                    }
                }
            }
        }

        if (!reduction.IsIdentity)
        {
            edges.SortByImage(firstEdge);
        }
    }
}
