namespace Faithful.Crystals.Descriptors;

/// <summary>What a number of a <see cref="DescriptorSet"/> is.</summary>
/// <param name="Name">The name, lower case with underscores, unique in its set; the same name means the same number in every set.</param>
/// <param name="Unit">The unit, <c>1</c> for a pure number.</param>
/// <param name="Description">What it is, one sentence without a full stop.</param>
public sealed record DescriptorColumn(string Name, string Unit, string Description);
