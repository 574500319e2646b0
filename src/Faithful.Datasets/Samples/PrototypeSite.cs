using Faithful.Crystals;

namespace Faithful.Datasets.Samples;

/// <summary>One crystallographic site of a structure prototype.</summary>
/// <param name="Role">Which element of the composition sits there: A, B or C.</param>
/// <param name="Position">One of its positions, in fractions of the conventional cell.</param>
public readonly record struct PrototypeSite(char Role, Vector3D Position);
