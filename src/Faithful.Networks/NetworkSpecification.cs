using Faithful.Models;

namespace Faithful.Networks;

/// <summary>What a network is built for: the task, and the scale of a regression's target in the training part.</summary>
public sealed record NetworkSpecification
{
    /// <summary>Gets the task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the mean of a regression's target over the training part, in the task's unit. The default is 0.</summary>
    public double TargetMean { get; init; }

    /// <summary>Gets the mean absolute deviation of a regression's target, in the task's unit; above 0. The default is 1.</summary>
    public double TargetScale { get; init; } = 1;
}
