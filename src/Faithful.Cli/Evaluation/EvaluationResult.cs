namespace Faithful.Cli.Evaluation;

/// <summary>What <c>evaluate</c> finds out about one model, or about several as one.</summary>
internal sealed record EvaluationResult
{
    /// <summary>Gets the name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the folder of the model or of the ensemble, as it is shown; null for the plain mean of models.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets the model folders of an ensemble; empty for a model.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Gets how an ensemble of a folder joins the answers of its members; null for a model and for the plain mean of models.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the unit of a regression; null for a classification.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the part of the data.</summary>
    public required DataPart Part { get; init; }

    /// <summary>Gets the number of crystals.</summary>
    public required int Count { get; init; }

    /// <summary>Gets how many of them the model, or every one of an ensemble, could not take; they count in every metric.</summary>
    public required int Fallbacks { get; init; }

    /// <summary>Gets the quality of the model.</summary>
    public required Measurement Quality { get; init; }

    /// <summary>Gets the quality of the majority class or the median of the training part.</summary>
    public required Measurement Baseline { get; init; }

    /// <summary>Gets the quality of the most common class of the space group; null where that makes no sense.</summary>
    public Measurement? SpaceGroupTable { get; init; }

    /// <summary>Gets the truth and what was answered; null where only the quality is wanted.</summary>
    public EvaluationAnswers? Answers { get; init; }
}
