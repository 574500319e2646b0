namespace Faithful.Models.Metrics;

/// <summary>The crystals whose most probable class has a probability within a range.</summary>
/// <param name="Low">The least probability, included.</param>
/// <param name="High">The greatest, excluded but for the last bin.</param>
/// <param name="Count">The number of crystals, at least 1.</param>
/// <param name="Confidence">The mean of their probabilities.</param>
/// <param name="Accuracy">The share of them that is right, 0..1.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double Confidence, double Accuracy);
