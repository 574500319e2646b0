using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Faithful.Pipelines;

/// <summary>One trial of a sweep; a line of <c>trials.jsonl</c> and of <c>trials.csv</c>.</summary>
public sealed record SweepTrial
{
    /// <summary>Gets the number of the trial, from 1 in the order in which they began.</summary>
    public required int Trial { get; init; }

    /// <summary>Gets the model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Gets whether the model has the options of the preset, so that others are compared with it.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Gets how far the trial is.</summary>
    public TrialState State { get; init; }

    /// <summary>Gets the metric of the sweep on the validation part, at the best epoch or number of trees; null where there is none yet.</summary>
    public double? Value { get; init; }

    /// <summary>Gets the accuracy (0..1), or the mean absolute error in the task's unit, on the validation part.</summary>
    public double? ValidationMetric { get; init; }

    /// <summary>Gets the macro-averaged F1 on the validation part, 0..1; null for a regression.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationMacroF1 { get; init; }

    /// <summary>Gets the loss on the validation part.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Gets the epochs or trees that were trained.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets the best epoch or number of trees.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Gets the seconds that the training took.</summary>
    public double Seconds { get; init; }

    /// <summary>Gets what was chosen, by the names that <c>options.json</c> has.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>Gets the validation curve, which decides whether later trials are ended early.</summary>
    public ImmutableArray<TrialPoint> Curve { get; init; } = [];

    /// <summary>Gets why the trial failed; null for one that did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
