using System.Text.Json.Serialization;

namespace Faithful.Pipelines;

/// <summary>What was measured on the validation part with so many trees; a line of <c>metrics.jsonl</c> and of <c>metrics.csv</c>.</summary>
public sealed record TreeMeasurement
{
    /// <summary>Gets the number of trees of each class, or of the regression.</summary>
    public required int Trees { get; init; }

    /// <summary>Gets the cross entropy of the probabilities in nat, or the mean squared error in the square of the task's unit; without crystals that have no descriptors.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>
    /// Gets the accuracy (0..1), or the mean absolute error in the task's unit. Crystals that have no descriptors count with
    /// their fallback.
    /// </summary>
    public required double ValidationMetric { get; init; }

    /// <summary>Gets the macro-averaged F1, 0..1; null for a regression.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationMacroF1 { get; init; }

    /// <summary>Gets whether so many trees are better than any fewer.</summary>
    public required bool IsBest { get; init; }
}
