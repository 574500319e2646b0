using Faithful.Crystals.Neighbors;

namespace Faithful.Crystals.Descriptors;

/// <summary>The neighbours of each atom with smooth weights that fade out behind the first shell.</summary>
/// <remarks>
/// The weights are those of the effective coordination number of R. Hoppe, Z. Kristallogr. 150, 23 (1979), DOI
/// 10.1524/zkri.1979.150.1-4.23: w = exp(1 − (d/m)⁶) with m the mean distance under the weights exp(1 − (d/d₀)⁶), d₀ being the
/// shortest one. All lengths are in proportion to the atoms' spacing, the cube root of the volume per atom, so that a crystal
/// and its isotropic expansion have the same network.
/// </remarks>
internal sealed class BondNetwork
{
    /// <summary>How far pair distances are counted, in spacings.</summary>
    public const double PairReach = 2.0;

    /// <summary>How far bonds reach, in shortest distances of the atom; the weight there is about 0.01 at the most.</summary>
    private const double BondReach = 1.7;

    // More than PairReach, and by a factor that no shell of a common lattice sits at.
    private const double FirstCutoff = 2.07;
    private const double LastCutoff = 6;
    private const double CutoffStep = 1.6;
    private const double LargestPairCount = 20e6; // some 600 MB: cells of more than 20,000 atoms are searched less far for lone atoms

    public BondNetwork(Crystal crystal)
    {
        Crystal = crystal;
        Spacing = Math.Cbrt(crystal.VolumePerAtom);
        Nearest = new double[crystal.Count];
        var cutoff = FirstCutoff * Spacing;
        var largest = LargestCutoff(crystal);
        for (Pairs = NeighborSearch.Find(crystal, cutoff); !FindNearest(out var needed) || needed > cutoff; Pairs = NeighborSearch.Find(crystal, cutoff))
        {
            if (cutoff >= largest)
            {
                break; // an atom that is so far from all others has no bonds
            }

            cutoff = Math.Min(largest, Math.Max(CutoffStep * cutoff, double.IsFinite(needed) ? needed : 0));
        }

        Cutoff = cutoff;
        Weights = new double[Pairs.Count];
        FirstPair = new int[crystal.Count + 1];
        BondLengths = new double[crystal.Count];
        Coordination = new double[crystal.Count];
        for (int atom = 0, pair = 0; atom < crystal.Count; atom++)
        {
            while (pair < Pairs.Count && Pairs.Target[pair] == atom)
            {
                pair++;
            }

            FirstPair[atom + 1] = pair;
            Weigh(atom);
        }
    }

    public Crystal Crystal { get; }

    /// <summary>Gets the cube root of the volume per atom, Å.</summary>
    public double Spacing { get; }

    /// <summary>Gets the distance up to which <see cref="Pairs"/> are known, Å; at least <see cref="PairReach"/> spacings.</summary>
    public double Cutoff { get; }

    /// <summary>Gets all pairs up to the cutoff, sorted by target.</summary>
    public NeighborList Pairs { get; private set; }

    /// <summary>Gets the first pair of each target; shape (atoms + 1).</summary>
    public int[] FirstPair { get; }

    /// <summary>Gets the weight of each pair as a bond of its target, 0 beyond the reach; shape (pairs).</summary>
    public double[] Weights { get; }

    /// <summary>Gets the distance of each atom to its nearest neighbour, Å, infinite for none; shape (atoms).</summary>
    public double[] Nearest { get; }

    /// <summary>Gets the weighted mean of the bond lengths of each atom, Å, NaN without neighbours; shape (atoms).</summary>
    public double[] BondLengths { get; }

    /// <summary>Gets the effective coordination number of each atom; shape (atoms).</summary>
    public double[] Coordination { get; }

    /// <summary>Gets how far neighbours are looked for at the most, Å.</summary>
    public static double LargestCutoff(Crystal crystal)
    {
        var allowed = Math.Cbrt(LargestPairCount / crystal.Count / (4.0 / 3.0 * Math.PI));
        return Math.Clamp(allowed, FirstCutoff, LastCutoff) * Math.Cbrt(crystal.VolumePerAtom);
    }

    // Whether every atom has a neighbour; and how far the bonds of those that have one reach.
    private bool FindNearest(out double needed)
    {
        Array.Fill(Nearest, double.PositiveInfinity);
        for (var pair = 0; pair < Pairs.Count; pair++)
        {
            ref var nearest = ref Nearest[Pairs.Target[pair]];
            nearest = Math.Min(nearest, Pairs.Distances[pair]);
        }

        needed = BondReach * Nearest.Max();
        return double.IsFinite(needed);
    }

    private void Weigh(int atom)
    {
        var distances = Pairs.Distances.AsSpan(FirstPair[atom]..FirstPair[atom + 1]);
        var weights = Weights.AsSpan(FirstPair[atom]..FirstPair[atom + 1]);
        var mean = WeightedMean(distances, Nearest[atom], weights);
        BondLengths[atom] = WeightedMean(distances, mean, weights);
        foreach (var weight in weights)
        {
            Coordination[atom] += weight;
        }

        double WeightedMean(ReadOnlySpan<double> lengths, double reference, Span<double> result)
        {
            var (sum, total) = (0.0, 0.0);
            var reach = BondReach * Nearest[atom];
            for (var index = 0; index < lengths.Length; index++)
            {
                if (lengths[index] < reach)
                {
                    var ratio = lengths[index] / reference;
                    var cube = ratio * ratio * ratio;
                    result[index] = Math.Exp(1 - (cube * cube));
                    sum += result[index] * lengths[index];
                    total += result[index];
                }
            }

            return sum / total;
        }
    }
}
