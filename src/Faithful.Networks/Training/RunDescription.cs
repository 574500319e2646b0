using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>
/// What a run trains, on what, and how: the content of <c>options.json</c>. Two runs with equal descriptions on the same
/// device give the same network.
/// </summary>
public sealed record RunDescription
{
    /// <summary>Gets the network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the network's options.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>Gets how crystals are prepared.</summary>
    public required PreparationOptions Preparation { get; init; }

    /// <summary>Gets the training options.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Gets what the data is; epochs are filled in at the end of the run.</summary>
    public required TrainingSummary Data { get; init; }

    /// <summary>Gets what stands for a crystal that the network cannot take.</summary>
    public required FallbackPrediction Fallback { get; init; }

    /// <summary>Gets the mean of a regression's target over the training part, in the task's unit.</summary>
    public double TargetMean { get; init; }

    /// <summary>Gets the mean absolute deviation of a regression's target, in the task's unit.</summary>
    public double TargetScale { get; init; } = 1;

    /// <summary>Takes mean and deviation of a regression's target from the training part; a classification has none.</summary>
    /// <param name="targets">The target of each crystal of the training part, of those too that the network cannot take.</param>
    /// <returns>The description with them.</returns>
    public RunDescription ScaledTo(IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (Task.Kind == TaskKind.Classification)
        {
            return this;
        }

        double mean = targets.Average();
        double deviation = targets.Average(target => Math.Abs(target - mean));
        return this with { TargetMean = mean, TargetScale = deviation > 0 ? deviation : 1 };
    }

    /// <summary>Builds the network that the run trains.</summary>
    /// <returns>The network, without values.</returns>
    /// <exception cref="ArgumentException">The network or the preparation would give away the answer of the task.</exception>
    public Network BuildNetwork()
    {
        Network network = Network.Build(new NetworkSpecification
        {
            Task = Task,
            TargetMean = TargetMean,
            TargetScale = TargetScale,
        });
        SymmetryRule.Check(network);
        SymmetryRule.Check(Task, Preparation);
        return network;
    }
}
