using Faithful.Models;

namespace Faithful.Cli.Evaluation;

/// <summary>The truth about crystals and what was answered, from which everything in the details of an evaluation follows.</summary>
internal sealed record EvaluationAnswers
{
    /// <summary>Gets the task, as the model counts classes.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the crystals.</summary>
    public required IReadOnlyList<CrystalFacts> Crystals { get; init; }

    /// <summary>Gets the crystals that the model was trained on; empty where they are not of this data.</summary>
    public IReadOnlyList<CrystalFacts> Training { get; init; } = [];

    /// <summary>Gets the true class of each crystal, or its true value in the task's unit.</summary>
    public required IReadOnlyList<double> Truth { get; init; }

    /// <summary>Gets the answered class of each crystal, or the answered value.</summary>
    public required IReadOnlyList<double> Answered { get; init; }

    /// <summary>Gets what the baseline answers for every crystal: the majority class or the median.</summary>
    public required double Baseline { get; init; }

    /// <summary>Gets the probability of each class, shape (crystals, classes); empty for a regression.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Probabilities { get; init; } = [];

    /// <summary>Gets whether classes were answered.</summary>
    public bool IsClassification => Task.Kind == TaskKind.Classification;
}
