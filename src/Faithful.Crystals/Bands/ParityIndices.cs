using System.Collections.Immutable;

namespace Faithful.Crystals.Bands;

/// <summary>
/// What the parities of occupied bands say of a crystal with inversion (L. Fu and C. L. Kane, Phys. Rev. B 76, 045302 (2007); H. C. Po, A.
/// Vishwanath and H. Watanabe, Nat. Commun. 8, 50 (2017)). Immutable.
/// </summary>
/// <remarks>Eight centres of inversion are as good as each other; of the countings from them the smallest is taken, so that it is always the same.</remarks>
public sealed class ParityIndices
{
    private const double Tolerance = 0.1; // of numbers of pairs

    internal ParityIndices(int electrons, Func<int, double> trace)
    {
        var pairs = electrons / 2;
        double[] odd = [.. Enumerable.Range(0, InvariantMomenta.Count).Select(momentum => ((2 * pairs) - trace(momentum)) / 4)];
        Uncertainty = odd.Max(count => Math.Abs(count - Math.Round(count)));
        int[] whole = [.. odd.Select(count => (int)Math.Round(count))];
        var counts = Enumerable.Range(0, InvariantMomenta.Count)
            .Select(centre => whole.Select((count, momentum) => IsOdd(centre & momentum) ? pairs - count : count).ToArray())
            .MinBy(Key, Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))!;
        OddPairs = [.. counts];
        IsWeak = Enumerable.Range(1, InvariantMomenta.Count - 1)
            .Any(direction => int.IsOddInteger(counts.Where((_, momentum) => IsOdd(direction & momentum)).Sum()));
        Index = counts.Sum() % 4;
    }

    /// <summary>Gets the sum of the odd pairs of occupied bands over the eight momenta, modulo 4: 0 in an atomic limit; shape z₄.</summary>
    public int Index { get; }

    /// <summary>Gets a value indicating whether a plane of four momenta has an odd sum: never in an atomic limit.</summary>
    public bool IsWeak { get; }

    /// <summary>Gets a value indicating whether the parities rule out an atomic limit.</summary>
    public bool RuleOutAtomicLimit => Index != 0 || IsWeak;

    /// <summary>Gets a value indicating whether the occupied bands are parted from the empty ones at all momenta, so that the counts are whole.</summary>
    public bool AreCertain => Uncertainty < Tolerance;

    /// <summary>Gets how far the counts are from whole numbers: more than 0 where occupied and empty states are degenerate.</summary>
    public double Uncertainty { get; }

    /// <summary>Gets the number of odd pairs of occupied bands at each momentum; shape (8).</summary>
    public ImmutableArray<int> OddPairs { get; }

    private static bool IsOdd(int bits) => int.IsOddInteger(int.PopCount(bits));

    // The sum, the count at momentum zero, all others by size.
    private static int[] Key(int[] counts) => [counts.Sum(), counts[0], .. counts.Skip(1).Order()];
}
