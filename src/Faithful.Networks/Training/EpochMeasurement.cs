namespace Faithful.Networks.Training;

/// <summary>What was measured in one epoch; a line of <c>metrics.jsonl</c>.</summary>
public sealed record EpochMeasurement
{
    /// <summary>Gets the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Gets the mean training loss: cross entropy in nat, or absolute error in units of the target's deviation.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Gets the mean loss on the validation part, in the same unit.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>Gets the metric on the validation part: accuracy (0..1), or mean absolute error in the task's unit.</summary>
    public required double ValidationMetric { get; init; }

    /// <summary>Gets whether this epoch is the best so far by the validation metric.</summary>
    public required bool IsBest { get; init; }

    /// <summary>Gets the learning rate at the end of the epoch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Gets the crystals trained a second, validation not counted.</summary>
    public required double StructuresPerSecond { get; init; }

    /// <summary>Gets the seconds since the run began, over all parts of a resumed run.</summary>
    public required double Seconds { get; init; }
}
