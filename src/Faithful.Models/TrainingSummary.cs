using System.Text.Json.Serialization;

namespace Faithful.Models;

/// <summary>What a model was trained on, and how, as far as it helps to repeat it and to judge a prediction.</summary>
public sealed record TrainingSummary
{
    /// <summary>Gets the name of the data source: a file name without folders.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the SHA-256 of the source, lower-case hexadecimal.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Gets the number of crystals in the training part.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the number of epochs trained; of trees the rounds of boosting.</summary>
    public required int Epochs { get; init; }

    /// <summary>
    /// Gets the epoch, from 1, whose weights were kept: the best by the validation part; of trees the rounds of boosting that were kept.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>Gets the seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets the fraction of rows held back for the final measurement, never trained or selected on.</summary>
    public required double TestFraction { get; init; }

    /// <summary>Gets the fraction of rows that chose the epoch.</summary>
    public required double ValidationFraction { get; init; }

    /// <summary>
    /// Gets the SHA-256 of the parts of the split file that was used; null when the parts follow from seed and fractions. Data that
    /// was split by a file can be measured with that file only.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SplitSha256 { get; init; }

    /// <summary>Gets what no two parts of the split file share, for example <c>prototype</c>; null when the file does not say or there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SplitKind { get; init; }

    /// <summary>Gets the atomic numbers that occur in the training part, ascending: others are extrapolation.</summary>
    public required IReadOnlyList<int> Elements { get; init; }

    /// <summary>Gets the smallest volume per atom in the training part, in Å³.</summary>
    public required double SmallestVolumePerAtom { get; init; }

    /// <summary>Gets the largest volume per atom in the training part, in Å³.</summary>
    public required double LargestVolumePerAtom { get; init; }

    /// <summary>Gets the trainings that this one went on from, the earliest first; null when it began at random.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Pretraining>? Pretraining { get; init; }

    /// <summary>Gets the crystals without a label that were learned with the answers of other models; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SoftLabelSummary? SoftLabels { get; init; }

    /// <summary>Gets the expanded crystals that were learned beside the others; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AtomicLimitSummary? AtomicLimit { get; init; }

    /// <summary>Gets the labels that stood in place of those of the data; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplacedLabelSummary? ReplacedLabels { get; init; }

    /// <summary>Gets the attribution that the licence of the data asks for; empty when none is needed.</summary>
    public string Attribution { get; init; } = "";
}
