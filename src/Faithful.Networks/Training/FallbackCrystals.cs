namespace Faithful.Networks.Training;

/// <summary>The crystals of a part that the network cannot take. They get one answer, and count in every metric.</summary>
/// <param name="Targets">The class number or the value of each.</param>
/// <param name="Answer">The class number or the value that stands for the network's answer: majority class or median of the training part.</param>
public sealed record FallbackCrystals(IReadOnlyList<double> Targets, double Answer);
