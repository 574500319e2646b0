namespace Faithful.Crystals.Descriptors;

/// <summary>The share of each element from hydrogen to lawrencium; heavier ones are in no crystal.</summary>
internal sealed class ElementFractionBlock() : DescriptorBlock(
    Element.All.Take(Heaviest).Select(element => new DescriptorColumn($"fraction_{element.Symbol}", "1", $"{element.Name} among the atoms")))
{
    private const int Heaviest = 103;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        values.Clear();
        for (var index = 0; index < input.Species.Length; index++)
        {
            if (input.Species[index].AtomicNumber <= Heaviest)
            {
                values[input.Species[index].AtomicNumber - 1] = (float)((double)input.Counts[index] / input.Crystal.Count);
            }
        }
    }
}
