using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>
/// Looks for the basis of a crystal with the highest score: short vectors in ascending order, angles that are all acute or, what
/// is preferred a little, all obtuse; and, where that leaves bases nearly equal, <see cref="StructureScore"/>.
/// </summary>
/// <remarks>
/// The score is a continuous function of lattice and positions without ties and tolerances. So a crystal that is a little off a
/// symmetric one gets nearly the same cell, while the conditions of a Niggli cell flip: between the two signs of a monoclinic
/// angle near 90°, or among the sixteen choices of shortest vectors of a face-centred lattice, the last digit would choose.
/// </remarks>
internal static class CanonicalCellSearch
{
    /// <summary>
    /// The weight of the scalar products, each divided by the square of the longer vector, against logarithms of lengths: so small
    /// that a longer vector never pays but where two are nearly equal.
    /// </summary>
    private const double AngleWeight = 0.3;

    /// <summary>What acute angles count against obtuse ones: 60° and 120° describe a hexagonal plane equally well.</summary>
    private const double AcuteFactor = 0.85;

    /// <summary>What the atoms count: typically as much as half a percent of a length.</summary>
    private const double StructureWeight = 0.01;

    /// <summary>What the atoms count in sum stays below this, so that bases of clearly longer vectors need not be looked at.</summary>
    private const double LargestStructure = 2 * StructureWeight;

    /// <summary>
    /// A cell that is a multiple of a smaller one, or nearly so, lacks most low reflections, and those left may say nothing: then
    /// the second and third multiples of all reflections decide too.
    /// </summary>
    private const int LargestMultiple = 3;

    private const double LargestShareOfSupercell = 0.5;

    /// <summary>What b·c, a·c and a·b count: different, so that equal lengths leave an order of the angles.</summary>
    private static readonly double[] ProductFactors = [0.8, 1, 1.2];

    /// <summary>What the first, second and third length count.</summary>
    private static readonly double[] LengthFactors = [2, 1.5, 1];

    private static readonly int[][] Orders = [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1], [2, 1, 0], [1, 0, 2]];

    // Signed short vectors of the reduced basis have these coefficients, for the relevant vectors of a lattice do.
    private static readonly (int I, int J, int K)[] Directions =
    [
        (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, -1, 0), (1, 0, 1), (1, 0, -1), (0, 1, 1), (0, 1, -1),
        (1, 1, 1), (1, 1, -1), (1, -1, 1), (-1, 1, 1),
    ];

    private static readonly (int First, int Second, int Third, int Determinant)[] Triples = ChooseTriples();

    /// <summary>Finds the basis.</summary>
    /// <param name="a">The first vector of a right-handed reduced basis, Å.</param>
    /// <param name="b">The second vector, Å.</param>
    /// <param name="c">The third vector, Å.</param>
    /// <param name="fractions">The positions in that basis, shape (atoms).</param>
    /// <param name="species">The element of each atom.</param>
    /// <returns>W, row by row: <c>canonical basis = W · reduced basis</c>; determinant 1.</returns>
    public static int[] Find(Vector3D a, Vector3D b, Vector3D c, ReadOnlySpan<Vector3D> fractions, ImmutableArray<Element> species)
    {
        var candidates = Candidates(a, b, c);
        return candidates.Count == 1 ? candidates[0].Rows : ChooseByAtoms(candidates, fractions, species);
    }

    /// <summary>Finds the basis of the highest score with what the atoms add to it.</summary>
    private static int[] ChooseByAtoms(List<(int[] Rows, double Score)> candidates, ReadOnlySpan<Vector3D> fractions, ImmutableArray<Element> species)
    {
        var inverses = candidates.ConvertAll(candidate => IntegerMatrix.InvertUnimodular(candidate.Rows));
        var range = inverses.Max(inverse => StructureScore.Range(inverse));
        var structures = new double[inverses.Count];
        for (var multiple = 1; multiple <= LargestMultiple; multiple++)
        {
            var factors = new StructureFactors(fractions, species, multiple, range);
            for (var index = 0; index < structures.Length; index++)
            {
                structures[index] += StructureScore.Of(factors, inverses[index]) / multiple;
            }

            if (factors.PresentShare > LargestShareOfSupercell)
            {
                break;
            }
        }

        var (best, highest) = (0, double.NegativeInfinity);
        for (var index = 0; index < structures.Length; index++)
        {
            var structure = StructureWeight * structures[index];
            var score = candidates[index].Score + (structure / (1 + (Math.Abs(structure) / LargestStructure)));
            if (score > highest)
            {
                (best, highest) = (index, score);
            }
        }

        return candidates[best].Rows;
    }

    private static (int, int, int, int)[] ChooseTriples()
    {
        var triples = new List<(int, int, int, int)>();
        for (var first = 0; first < Directions.Length; first++)
        {
            for (var second = first + 1; second < Directions.Length; second++)
            {
                for (var third = second + 1; third < Directions.Length; third++)
                {
                    var determinant = (int)IntegerMatrix.Determinant(Rows([first, second, third], [1, 1, 1]));
                    if (Math.Abs(determinant) == 1)
                    {
                        triples.Add((first, second, third, determinant));
                    }
                }
            }
        }

        return [.. triples];
    }

    private static int[] Rows(ReadOnlySpan<int> directions, ReadOnlySpan<int> signs)
    {
        var rows = new int[9];
        for (var row = 0; row < 3; row++)
        {
            var (i, j, k) = Directions[directions[row]];
            (rows[3 * row], rows[(3 * row) + 1], rows[(3 * row) + 2]) = (signs[row] * i, signs[row] * j, signs[row] * k);
        }

        return rows;
    }

    /// <summary>The bases that the atoms can lift to the highest score, and what lengths and angles give them.</summary>
    private static List<(int[] Rows, double Score)> Candidates(Vector3D a, Vector3D b, Vector3D c)
    {
        Span<Vector3D> vectors = stackalloc Vector3D[Directions.Length];
        Span<double> lengths = stackalloc double[Directions.Length];
        for (var index = 0; index < vectors.Length; index++)
        {
            var (i, j, k) = Directions[index];
            var vector = (i * a) + (j * b) + (k * c);
            (vectors[index], lengths[index]) = (vector, Math.Log(vector.Length));
        }

        var candidates = new List<(int[] Rows, double Score)>();
        var lowest = double.NegativeInfinity;
        foreach (var (first, second, third, determinant) in Triples)
        {
            Span<int> triple = [first, second, third];
            Span<double> products = [Product(vectors[second], vectors[third]), Product(vectors[first], vectors[third]), Product(vectors[first], vectors[second])];
            if (Bound(lengths[first], lengths[second], lengths[third], products) < lowest)
            {
                continue;
            }

            for (var order = 0; order < Orders.Length; order++)
            {
                AddSigned(candidates, ref lowest, lengths, triple, products, Orders[order], order < 3 ? determinant : -determinant);
            }
        }

        candidates.RemoveAll(candidate => candidate.Score < lowest);
        return candidates;
    }

    private static double Product(Vector3D first, Vector3D second) => first.Dot(second) / Math.Max(first.LengthSquared, second.LengthSquared);

    /// <summary>No order and signs of three vectors can have a higher score.</summary>
    private static double Bound(double x, double y, double z, ReadOnlySpan<double> products)
    {
        var (shortest, longest) = (Math.Min(x, Math.Min(y, z)), Math.Max(x, Math.Max(y, z)));
        var sum = Math.Abs(products[0]) + Math.Abs(products[1]) + Math.Abs(products[2]);
        return (AngleWeight * ProductFactors[2] * sum)
            - (LengthFactors[0] * shortest) - (LengthFactors[1] * (x + y + z - shortest - longest)) - (LengthFactors[2] * longest);
    }

    private static void AddSigned(
        List<(int[] Rows, double Score)> candidates,
        ref double lowest,
        ReadOnlySpan<double> lengths,
        ReadOnlySpan<int> triple,
        ReadOnlySpan<double> products,
        ReadOnlySpan<int> order,
        int determinant)
    {
        var (first, second, third) = (triple[order[0]], triple[order[1]], triple[order[2]]);
        var length = -(LengthFactors[0] * lengths[first]) - (LengthFactors[1] * lengths[second]) - (LengthFactors[2] * lengths[third]);
        var (x, y, z) = (ProductFactors[0] * products[order[0]], ProductFactors[1] * products[order[1]], ProductFactors[2] * products[order[2]]);
        for (var pattern = 0; pattern < 4; pattern++)
        {
            // The signs of the first two vectors are free; that of the third makes the basis right-handed.
            var (one, two) = ((pattern & 1) == 0 ? 1 : -1, (pattern & 2) == 0 ? 1 : -1);
            var three = one * two * determinant;
            var sum = (two * three * x) + (one * three * y) + (one * two * z);
            var score = length + (AngleWeight * Math.Max(AcuteFactor * sum, -sum));
            if (score >= lowest)
            {
                candidates.Add((Rows([first, second, third], [one, two, three]), score));
                lowest = Math.Max(lowest, score - (2 * LargestStructure));
            }
        }
    }
}
