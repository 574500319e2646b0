namespace Faithful.Crystals.Descriptors;

/// <summary>The proportions of a formula, whatever the elements are.</summary>
/// <remarks>The norms of L. Ward et al., npj Comput. Mater. 2, 16028 (2016), DOI 10.1038/npjcompumats.2016.28.</remarks>
internal sealed class StoichiometryBlock() : DescriptorBlock(
[
    new("species", "1", "Number of different elements"),
    new("formula_atoms", "1", "Atoms of the formula with the smallest whole numbers"),
    .. Exponents.Select(p => new DescriptorColumn($"stoichiometry_norm_{p}", "1", $"(Σ xᵖ)^(1/p) of the shares x of the elements, p = {p}")),
    new("stoichiometry_entropy", "1", "−Σ x ln x of the shares x of the elements"),
    new("largest_share", "1", "Share of the commonest element"),
    new("smallest_share", "1", "Share of the rarest element"),
])
{
    private static readonly int[] Exponents = [2, 3, 5, 7, 10];

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        double total = input.Crystal.Count;
        var (divisor, entropy) = (0, 0.0);
        Span<int> counts = stackalloc int[input.Counts.Length];
        input.Counts.CopyTo(counts);
        counts.Sort(); // sums in the order of the shares: two formulas of the same proportions get the same bits
        foreach (var count in counts)
        {
            divisor = WholeNumber.GreatestCommonDivisor(count, divisor);
            entropy -= count / total * Math.Log(count / total);
        }

        values[0] = counts.Length;
        values[1] = (float)(total / divisor);
        for (var index = 0; index < Exponents.Length; index++)
        {
            var sum = 0.0;
            foreach (var count in counts)
            {
                sum += Math.Pow(count / total, Exponents[index]);
            }

            values[2 + index] = (float)Math.Pow(sum, 1.0 / Exponents[index]);
        }

        var next = 2 + Exponents.Length;
        values[next] = (float)Math.Abs(entropy);
        values[next + 1] = (float)(counts[^1] / total);
        values[next + 2] = (float)(counts[0] / total);
    }
}
