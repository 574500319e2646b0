using System.Collections.Immutable;

namespace Faithful.Crystals.Descriptors;

/// <summary>Columns that belong together and are computed together. Has no state: may be used from many threads at once.</summary>
/// <param name="columns">The columns.</param>
internal abstract class DescriptorBlock(IEnumerable<DescriptorColumn> columns)
{
    /// <summary>Gets the columns in the order of the values.</summary>
    public ImmutableArray<DescriptorColumn> Columns { get; } = [.. columns];

    /// <summary>Gets a value indicating whether the block asks for <see cref="DescriptorInput.Symmetry"/>.</summary>
    public virtual bool UsesSymmetry => false;

    /// <summary>Computes the values.</summary>
    /// <param name="input">The crystal.</param>
    /// <param name="values">Where they go; shape (columns).</param>
    public abstract void Compute(DescriptorInput input, Span<float> values);
}
