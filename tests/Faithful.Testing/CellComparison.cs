using Faithful.Crystals;

namespace Faithful.Testing;

/// <summary>How far two cells differ as they stand, basis vector by basis vector: another basis of the same lattice counts.</summary>
/// <param name="Lattice">The largest difference of two scalar products of basis vectors, relative to their lengths.</param>
/// <param name="Fractions">
/// The largest distance in fractions, modulo 1, of an atom to one of its element in the other cell, after the one shift of the
/// origin that makes it smallest; infinite when the elements differ.
/// </param>
public readonly record struct CellComparison(double Lattice, double Fractions)
{
    /// <summary>Compares two cells.</summary>
    /// <param name="first">The first cell.</param>
    /// <param name="second">The second cell.</param>
    public static CellComparison Of(Crystal first, Crystal second) => new(LatticeOf(first.Lattice, second.Lattice), FractionsOf(first, second));

    private static double LatticeOf(Lattice first, Lattice second)
    {
        Vector3D[] a = [first.A, first.B, first.C], b = [second.A, second.B, second.C];
        return (
            from row in Enumerable.Range(0, 3)
            from column in Enumerable.Range(0, row + 1)
            select Math.Abs(a[row].Dot(a[column]) - b[row].Dot(b[column])) / (a[row].Length * a[column].Length)).Max();
    }

    private static double FractionsOf(Crystal first, Crystal second)
    {
        int[][] groups = [.. Enumerable.Range(0, first.Count).GroupBy(atom => first.Species[atom]).Select(group => group.ToArray()).OrderBy(group => group.Length)];
        var others = Enumerable.Range(0, second.Count).ToLookup(atom => second.Species[atom]);
        if (groups.Any(group => others[first.Species[group[0]]].Count() != group.Length) || first.Count != second.Count)
        {
            return double.PositiveInfinity;
        }

        var anchor = groups[0][0];
        return others[first.Species[anchor]].Min(target => Largest(second.FractionalPositions[target] - first.FractionalPositions[anchor]));

        double Largest(Vector3D shift) => groups.SelectMany(group => group).Max(atom => others[first.Species[atom]].Min(other =>
            Distance(second.FractionalPositions[other] - first.FractionalPositions[atom] - shift)));
    }

    private static double Distance(Vector3D fractions) => Math.Max(Off(fractions.X), Math.Max(Off(fractions.Y), Off(fractions.Z)));

    private static double Off(double fraction) => Math.Abs(fraction - Math.Round(fraction));
}
