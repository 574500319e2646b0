namespace Faithful.Models;

/// <summary>
/// What stands for a crystal that a model cannot take (too many atoms, say): the majority class or the median of the training
/// part, as Nop et al. 2025 define it.
/// </summary>
public sealed record FallbackPrediction
{
    /// <summary>Gets the frequency of each class in the training part, in class order; empty for a regression.</summary>
    public IReadOnlyList<double> ClassFrequencies { get; init; } = [];

    /// <summary>Gets the median of the training part in the task's unit; null for a classification.</summary>
    public double? Median { get; init; }
}
