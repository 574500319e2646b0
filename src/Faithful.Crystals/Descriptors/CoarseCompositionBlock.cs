namespace Faithful.Crystals.Descriptors;

/// <summary>The share of each row and column of the periodic table.</summary>
internal sealed class CoarseCompositionBlock() : DescriptorBlock(List())
{
    private const int Periods = 7;
    private const int Groups = 18;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        Span<int> counts = stackalloc int[Periods + Groups + 1];
        counts.Clear();
        for (var index = 0; index < input.Species.Length; index++)
        {
            counts[input.Species[index].Period - 1] += input.Counts[index];
            counts[Periods + input.Species[index].Group] += input.Counts[index]; // the f block has group 0
        }

        for (var index = 0; index < counts.Length; index++)
        {
            values[index] = (float)((double)counts[index] / input.Crystal.Count);
        }
    }

    private static IEnumerable<DescriptorColumn> List() =>
    [
        .. Enumerable.Range(1, Periods).Select(period => new DescriptorColumn($"fraction_period_{period}", "1", $"Elements of period {period} among the atoms")),
        new("fraction_f_block", "1", "Elements of the f block among the atoms"),
        .. Enumerable.Range(1, Groups).Select(group => new DescriptorColumn($"fraction_group_{group}", "1", $"Elements of group {group} among the atoms")),
    ];
}
