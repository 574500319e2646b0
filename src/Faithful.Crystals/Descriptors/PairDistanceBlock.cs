using System.Globalization;

namespace Faithful.Crystals.Descriptors;

/// <summary>
/// How many pairs there are at each distance, in spacings (cube roots of the volume per atom): hat functions a tenth apart, so
/// that a pair moves smoothly from one column to the next.
/// </summary>
internal sealed class PairDistanceBlock() : DescriptorBlock(List())
{
    private const int First = 5; // tenths of a spacing
    private const int Last = 19; // its hat ends where the pairs do
    private const int Bins = Last - First + 1;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        var bonds = input.Bonds;
        Span<double> sums = stackalloc double[2 * Bins];
        sums.Clear();
        var species = input.Crystal.Species;
        for (var pair = 0; pair < bonds.Pairs.Count; pair++)
        {
            var tenths = 10 * bonds.Pairs.Distances[pair] / bonds.Spacing;
            if (tenths >= 10 * BondNetwork.PairReach)
            {
                continue;
            }

            var lower = (int)tenths;
            var share = tenths - lower;
            var isUnlike = species[bonds.Pairs.Source[pair]] != species[bonds.Pairs.Target[pair]];
            Add(sums, lower, 1 - share, isUnlike);
            Add(sums, lower + 1, share, isUnlike);
        }

        for (var index = 0; index < sums.Length; index++)
        {
            values[index] = (float)(sums[index] / input.Crystal.Count);
        }
    }

    private static void Add(Span<double> sums, int tenths, double share, bool isUnlike)
    {
        if (tenths is >= First and <= Last)
        {
            sums[tenths - First] += share;
            sums[Bins + tenths - First] += isUnlike ? share : 0;
        }
    }

    private static IEnumerable<DescriptorColumn> List()
    {
        foreach (var (prefix, what) in new[] { ("pairs", "Neighbours"), ("unlike_pairs", "Neighbours of other elements") })
        {
            for (var tenths = First; tenths <= Last; tenths++)
            {
                var distance = (tenths / 10.0).ToString("0.0", CultureInfo.InvariantCulture);
                yield return new($"{prefix}_{distance}", "1", $"{what} of an atom at {distance} spacings, mean over the atoms");
            }
        }
    }
}
