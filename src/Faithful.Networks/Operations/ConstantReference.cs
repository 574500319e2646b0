using System.Collections.Immutable;

namespace Faithful.Networks.Operations;

/// <summary>A constant table of a network, for example the element vectors.</summary>
/// <param name="Name">The name, unique in the network.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Values">The values in row-major order.</param>
public sealed record ConstantReference(string Name, ImmutableArray<long> Shape, ImmutableArray<float> Values);
