using System.Collections.Immutable;

namespace Faithful.Networks.Operations;

/// <summary>A trained parameter of a network: its place in the flat parameter buffer.</summary>
/// <param name="Name">The name, unique in the network, for example <c>blocks.0.edge.weight</c>.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Index">The position in the layout's list.</param>
/// <param name="Initialization">How it starts.</param>
public sealed record ParameterReference(string Name, ImmutableArray<long> Shape, int Index, ParameterInitialization Initialization)
{
    /// <summary>Gets the number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
