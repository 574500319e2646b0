namespace Faithful.Models;

/// <summary>The prediction of one model for one crystal.</summary>
public sealed record Prediction
{
    /// <summary>Gets the identifier of the crystal.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the name of the model, <c>ensemble</c> for several that answer as one.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the most probable class; null for a regression.</summary>
    public string? Class { get; init; }

    /// <summary>
    /// Gets the probability of every class, in class order, with the calibration of the model's card; empty for a regression.
    /// </summary>
    public IReadOnlyList<double> Probabilities { get; init; } = [];

    /// <summary>Gets the value in the task's unit; null for a classification.</summary>
    public double? Value { get; init; }

    /// <summary>Gets the probability of the class given; null for a regression.</summary>
    public double? Confidence { get; init; }

    /// <summary>Gets whether a calibration was applied: the confidence, or the half-width, can be taken at its word.</summary>
    public bool IsCalibrated { get; init; }

    /// <summary>Gets the half-width of the interval around the value, in the task's unit; null without a calibration and for a classification.</summary>
    public double? HalfWidth { get; init; }

    /// <summary>Gets the share of true values that lie within the half-width; null where there is none.</summary>
    public double? Coverage { get; init; }

    /// <summary>
    /// Gets how much the members of an ensemble disagree; null for a single model. Of a classification the Jensen–Shannon divergence of
    /// their probabilities as a share of the largest possible, 0..1; of a regression the standard deviation in the task's unit.
    /// </summary>
    public double? Disagreement { get; init; }

    /// <summary>Gets whether the model could not take the crystal and the training set's majority or median stands for it.</summary>
    public bool IsFallback { get; init; }

    /// <summary>Gets what the user should know: why the fallback was taken, elements the model has never seen, …</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
