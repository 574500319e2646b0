namespace Faithful.Benchmarks.Predicting;

/// <summary>How fast a network answers from the text of a file: reading, symmetry, canonical order, and the network.</summary>
/// <param name="Model">The network.</param>
/// <param name="Crystals">How many different crystals there were.</param>
/// <param name="StructuresPerSecond">The whole way.</param>
/// <param name="PreparedPerSecond">The way up to the arrays.</param>
internal sealed record WholeWaySpeed(string Model, int Crystals, double StructuresPerSecond, double PreparedPerSecond);
