using System.Text.Json.Serialization;

namespace Faithful.Networks.Training;

/// <summary>What was measured in one epoch; a line of <c>metrics.jsonl</c> and of <c>metrics.csv</c>.</summary>
public sealed record EpochMeasurement
{
    /// <summary>Gets the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>
    /// Gets the mean training loss: cross entropy in nat (weighted and smoothed as the options say), or the regression's loss of
    /// the error in units of the target's deviation.
    /// </summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Gets the mean loss of those crystals of the validation part that the network takes, without weights and smoothing.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>
    /// Gets the metric on the validation part: accuracy (0..1), or mean absolute error in the task's unit. Crystals that the
    /// network cannot take count with their fallback.
    /// </summary>
    public required double ValidationMetric { get; init; }

    /// <summary>Gets the macro-averaged F1 on the validation part, 0..1; null for a regression.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationMacroF1 { get; init; }

    /// <summary>Gets whether this epoch is the best so far by the validation part.</summary>
    public required bool IsBest { get; init; }

    /// <summary>Gets the learning rate at the end of the epoch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Gets the crystals trained a second, validation not counted.</summary>
    public required double StructuresPerSecond { get; init; }

    /// <summary>Gets the seconds since the run began, over all parts of a resumed run.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the memory of the GPU that is in use after the epoch, by every process, in bytes; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? GpuMemory { get; init; }
}
