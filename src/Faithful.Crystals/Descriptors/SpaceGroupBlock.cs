namespace Faithful.Crystals.Descriptors;

/// <summary>The number of the space group.</summary>
internal sealed class SpaceGroupBlock() : DescriptorBlock([new("space_group", "1", "Number of the space group, 1 to 230")])
{
    /// <inheritdoc/>
    public override bool UsesSymmetry => true;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values) => values[0] = input.Symmetry.SpaceGroupNumber;
}
