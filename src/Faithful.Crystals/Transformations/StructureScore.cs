namespace Faithful.Crystals.Transformations;

/// <summary>
/// A number that tells the bases of one crystal apart by where the atoms are in them: equal for bases that a rotation of the
/// crystal's symmetry takes into each other, generic otherwise, and the same for every origin, orientation and order of atoms.
/// </summary>
internal static class StructureScore
{
    /// <summary>The largest sum of squared indices, which tells 4/m from 4/mmm and m−3 from m−3m.</summary>
    private const int LargestSquare = 6;

    /// <summary>Where glide planes leave nothing of those, (310) does so, and (221) in the basis of a face-centred lattice.</summary>
    private const int FurtherSquare = 10;

    private const int LargestIndex = 3;

    private const int Places = (2 * LargestIndex + 1) * (2 * LargestIndex + 1) * (2 * LargestIndex + 1);

    /// <summary>Of the nine indices of a triplet: enough for the polarity of every group that glide planes rob of the lowest reflections.</summary>
    private const int LargestSumOfSquares = 12;

    /// <summary>What tells a structure from its inverse is weaker than the rest: of the weights tried, 2 is the least sensitive to distortions.</summary>
    private const double TripletWeight = 2;

    private static readonly (int H, int K, int L, double Factor)[] Reflections = ChooseReflections();
    private static readonly (Index First, Index Second, Index Sum, double Factor)[] Triplets = ChooseTriplets();

    /// <summary>Gets the largest index of a reflection that <see cref="Of"/> asks for.</summary>
    /// <param name="inverse">W⁻¹, row by row.</param>
    public static int Range(ReadOnlySpan<int> inverse)
    {
        var largest = 0;
        for (var row = 0; row < 9; row += 3)
        {
            largest = Math.Max(largest, (inverse[row] * inverse[row]) + (inverse[row + 1] * inverse[row + 1]) + (inverse[row + 2] * inverse[row + 2]));
        }

        return (int)Math.Sqrt(largest * FurtherSquare); // of Cauchy and Schwarz
    }

    /// <summary>Computes the number.</summary>
    /// <param name="factors">The structure factors of a cell.</param>
    /// <param name="inverse">W⁻¹, row by row, where W makes the basis in question from that of the structure factors.</param>
    /// <returns>About −2 to 2.</returns>
    public static double Of(StructureFactors factors, ReadOnlySpan<int> inverse)
    {
        Span<(double Real, double Imaginary)> own = stackalloc (double, double)[Places];
        var score = 0.0;
        foreach (var (h, k, l, factor) in Reflections)
        {
            var (real, imaginary) = factors[
                (inverse[0] * h) + (inverse[1] * k) + (inverse[2] * l),
                (inverse[3] * h) + (inverse[4] * k) + (inverse[5] * l),
                (inverse[6] * h) + (inverse[7] * k) + (inverse[8] * l)];
            own[new Index(h, k, l).Place] = (real, imaginary);
            own[new Index(-h, -k, -l).Place] = (real, -imaginary);
            var intensity = (real * real) + (imaginary * imaginary);
            score += factor * (intensity - 1) / (intensity + 1); // bounded, so that no strong reflection drowns the others
        }

        foreach (var (first, second, sum, factor) in Triplets)
        {
            var (a, b, c) = (own[first.Place], own[second.Place], own[sum.Place]);
            var (real, imaginary) = ((a.Real * b.Real) - (a.Imaginary * b.Imaginary), (a.Real * b.Imaginary) + (a.Imaginary * b.Real));
            var odd = (imaginary * c.Real) - (real * c.Imaginary); // of F(h) F(k) F(−h−k)
            var even = (real * c.Real) + (imaginary * c.Imaginary);
            score += factor * odd / (1 + Math.Sqrt((odd * odd) + (even * even)));
        }

        return score;
    }

    // One of each pair h, −h. The factors of equally long ones add up to zero: what those reflections have in common says nothing.
    private static (int H, int K, int L, double Factor)[] ChooseReflections()
    {
        var chosen = Indices(LargestSquare).Concat(Indices(FurtherSquare).Where(index => index.Square > 8)).Where(index => index.IsFirstOfPair).ToArray();
        double[] factors = [.. chosen.Select((index, place) => Generic(place) / index.Square)];
        var means = chosen.Zip(factors).GroupBy(pair => pair.First.Square, pair => pair.Second).ToDictionary(shell => shell.Key, shell => shell.Average());
        return Scaled(1, [.. chosen.Zip(factors, (index, factor) => factor - means[index.Square])], (factor, place) =>
            (chosen[place].H, chosen[place].K, chosen[place].L, factor));
    }

    // One of each pair h, k, −h−k and −h, −k, h+k: inversion changes the sign of one into that of the other.
    private static (Index First, Index Second, Index Sum, double Factor)[] ChooseTriplets()
    {
        var all = Indices(LargestSquare).ToArray();
        var chosen = (
            from first in all
            from second in all
            let sum = new Index(first.H + second.H, first.K + second.K, first.L + second.L)
            where sum.Square is > 0 and <= LargestSquare && first.Square + second.Square + sum.Square <= LargestSumOfSquares
            group (first, second, sum) by Key(first, second, sum) into same
            select same.First()).ToArray();
        return Scaled(TripletWeight, [.. chosen.Select((triplet, place) => Generic(1000 + place) / triplet.sum.Square)], (factor, place) =>
            (chosen[place].first, chosen[place].second, chosen[place].sum, factor));
    }

    private static (int, int, int) Key(Index first, Index second, Index sum)
    {
        int[] places = [first.Place, second.Place, Opposite(sum.Place)], others = [Opposite(first.Place), Opposite(second.Place), sum.Place];
        Array.Sort(places);
        Array.Sort(others);
        var key = (places[0], places[1], places[2]);
        var other = (others[0], others[1], others[2]);
        return key.CompareTo(other) < 0 ? key : other;

        static int Opposite(int place) => Places - 1 - place;
    }

    private static T[] Scaled<T>(double weight, double[] factors, Func<double, int, T> select)
    {
        var norm = Math.Sqrt(factors.Sum(factor => factor * factor));
        return [.. factors.Select((factor, place) => select(weight * factor / norm, place))];
    }

    private static IEnumerable<Index> Indices(int largestSquare) =>
        from h in Enumerable.Range(-LargestIndex, 2 * LargestIndex + 1)
        from k in Enumerable.Range(-LargestIndex, 2 * LargestIndex + 1)
        from l in Enumerable.Range(-LargestIndex, 2 * LargestIndex + 1)
        let index = new Index(h, k, l)
        where index.Square > 0 && index.Square <= largestSquare
        select index;

    // From −1 to 1 without a pattern (the finalizer of MurmurHash3), the same on every machine.
    private static double Generic(int number)
    {
        var bits = (uint)number + 0x9E3779B9;
        bits = (bits ^ (bits >> 16)) * 0x85EBCA6B;
        bits = (bits ^ (bits >> 13)) * 0xC2B2AE35;
        bits ^= bits >> 16;
        return (bits / (double)uint.MaxValue * 2) - 1;
    }

    private readonly record struct Index(int H, int K, int L)
    {
        public int Square => (H * H) + (K * K) + (L * L);

        public bool IsFirstOfPair => H > 0 || (H == 0 && (K > 0 || (K == 0 && L > 0)));

        public int Place => ((((H + LargestIndex) * (2 * LargestIndex + 1)) + K + LargestIndex) * (2 * LargestIndex + 1)) + L + LargestIndex;
    }
}
