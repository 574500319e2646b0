namespace Faithful.Crystals.Descriptors;

/// <summary>How the bonds of an atom are arranged around it, whichever way the crystal is turned.</summary>
/// <remarks>
/// The bond-orientational order parameters of P. J. Steinhardt, D. R. Nelson and M. Ronchetti, Phys. Rev. B 28, 784 (1983), DOI
/// 10.1103/PhysRevB.28.784, with the weights of <see cref="BondNetwork"/>, from Legendre polynomials by the addition theorem:
/// q_l² = Σ w w′ P_l(cos angle) / (Σ w)². Of odd order they vanish where the neighbours have a centre of inversion.
/// </remarks>
internal sealed class BondOrderBlock() : DescriptorBlock(Orders.SelectMany(List))
{
    private const double SmallestWeight = 1e-3;
    private const double Rounding = 1e-12; // what is left of a sum that is zero
    private const int Statistics = 4;

    private static readonly int[] Orders = [1, 2, 3, 4, 6];

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        var bonds = input.Bonds;
        var summaries = new AtomSummary[Orders.Length];
        Array.Fill(summaries, new AtomSummary());
        Span<double> order = stackalloc double[Orders.Length];
        var directions = new List<(Vector3D Direction, double Weight)>();
        for (var atom = 0; atom < input.Crystal.Count; atom++)
        {
            Collect(bonds, atom, directions);
            if (directions.Count == 0)
            {
                continue;
            }

            Sum(directions, order);
            for (var index = 0; index < Orders.Length; index++)
            {
                summaries[index].Add(Math.Sqrt(order[index]));
            }
        }

        for (var index = 0; index < Orders.Length; index++)
        {
            values[Statistics * index] = summaries[index].Mean;
            values[(Statistics * index) + 1] = summaries[index].Minimum;
            values[(Statistics * index) + 2] = summaries[index].Maximum;
            values[(Statistics * index) + 3] = summaries[index].Deviation;
        }
    }

    private static void Collect(BondNetwork bonds, int atom, List<(Vector3D Direction, double Weight)> directions)
    {
        directions.Clear();
        var crystal = bonds.Crystal;
        var here = crystal.FractionalPositions[atom];
        for (var pair = bonds.FirstPair[atom]; pair < bonds.FirstPair[atom + 1]; pair++)
        {
            if (bonds.Weights[pair] >= SmallestWeight)
            {
                var image = bonds.Pairs.Images.AsSpan(3 * pair, 3);
                var difference = crystal.FractionalPositions[bonds.Pairs.Source[pair]] + new Vector3D(image[0], image[1], image[2]) - here;
                directions.Add((crystal.Lattice.ToCartesian(difference) / bonds.Pairs.Distances[pair], bonds.Weights[pair]));
            }
        }
    }

    private static void Sum(List<(Vector3D Direction, double Weight)> directions, Span<double> order)
    {
        order.Clear();
        var total = 0.0;
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(directions);
        for (var first = 0; first < span.Length; first++)
        {
            var (direction, weight) = span[first];
            total += weight;
            for (var second = 0; second <= first; second++)
            {
                var product = (second < first ? 2 : 1) * weight * span[second].Weight;
                var x = direction.Dot(span[second].Direction);
                var y = x * x;
                order[0] += product * x;
                order[1] += product * ((1.5 * y) - 0.5);
                order[2] += product * x * ((2.5 * y) - 1.5);
                order[3] += product * ((((4.375 * y) - 3.75) * y) + 0.375);
                order[4] += product * ((((((14.4375 * y) - 19.6875) * y) + 6.5625) * y) - 0.3125);
            }
        }

        for (var index = 0; index < order.Length; index++)
        {
            order[index] /= total * total;
            order[index] = order[index] < Rounding ? 0 : order[index];
        }
    }

    private static IEnumerable<DescriptorColumn> List(int order) =>
    [
        new($"bond_order_{order}_mean", "1", $"Bond-orientational order q{order} (Steinhardt), mean over the atoms"),
        new($"bond_order_{order}_minimum", "1", $"Bond-orientational order q{order} (Steinhardt), least of all atoms"),
        new($"bond_order_{order}_maximum", "1", $"Bond-orientational order q{order} (Steinhardt), greatest of all atoms"),
        new($"bond_order_{order}_deviation", "1", $"Bond-orientational order q{order} (Steinhardt), standard deviation over the atoms"),
    ];
}
