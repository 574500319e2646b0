namespace Faithful.Models;

/// <summary>The prediction of one model for one crystal.</summary>
public sealed record Prediction
{
    /// <summary>Gets the identifier of the crystal.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the most probable class; null for a regression.</summary>
    public string? Class { get; init; }

    /// <summary>Gets the probability of every class, in class order; empty for a regression.</summary>
    public IReadOnlyList<double> Probabilities { get; init; } = [];

    /// <summary>Gets the value in the task's unit; null for a classification.</summary>
    public double? Value { get; init; }

    /// <summary>Gets the probability of the class given; null for a regression.</summary>
    public double? Confidence { get; init; }

    /// <summary>Gets whether the model could not take the crystal and the training set's majority or median stands for it.</summary>
    public bool IsFallback { get; init; }

    /// <summary>Gets what the user should know: why the fallback was taken, elements the model has never seen, …</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
