using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>
/// What a sweep chooses of every network: options of its training, and the share of values that training drops. Each property has
/// the name of the option that it stands for; one that the preset sets to something outside the range widens it.
/// </summary>
public abstract record NetworkSweepOptions
{
    /// <summary>Gets the highest learning rate of the schedule.</summary>
    [Range(2e-4, 1e-2, 2e-3, true)]
    public double LearningRate { get; init; }

    /// <summary>Gets the decoupled weight decay.</summary>
    [Range(1e-3, 0.3, 0.05, true)]
    public double WeightDecay { get; init; }

    /// <summary>Gets the share of hidden values that training drops.</summary>
    [Range(0.0, 0.6, 0.2)]
    public double Dropout { get; init; }

    /// <summary>Gets how much of the answer is spread over all classes; searched for classifications alone.</summary>
    [Range(0.0, 0.2, 0.0)]
    public double LabelSmoothing { get; init; }

    /// <summary>Gets the number of crystals in a batch.</summary>
    [Choice(128, 256, 512, 1024)]
    public int BatchSize { get; init; }

    /// <summary>Gets how much of the averaged weights stays at each step.</summary>
    [Choice(0.99, 0.995, 0.998, 0.999)]
    public double WeightAverage { get; init; }
}
