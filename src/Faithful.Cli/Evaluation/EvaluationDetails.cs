using Faithful.Models.Metrics;

namespace Faithful.Cli.Evaluation;

/// <summary>Where an evaluation's errors lie: by class, by confidence and by kinds of crystals.</summary>
internal sealed record EvaluationDetails
{
    /// <summary>Gets the truth and what was answered.</summary>
    public required EvaluationAnswers Answers { get; init; }

    /// <summary>Gets the quality of each class, in the order of the task; empty for a regression.</summary>
    public IReadOnlyList<ClassMetrics> Classes { get; private init; } = [];

    /// <summary>Gets the crystals by true class (rows) and answered class (columns); without entries for a regression.</summary>
    public int[,] Confusion { get; private init; } = new int[0, 0];

    /// <summary>Gets how often answers are right, by their probability; empty for a regression.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; private init; } = [];

    /// <summary>Gets the quality by element.</summary>
    public required IReadOnlyList<BreakdownGroup> ByElement { get; init; }

    /// <summary>Gets the quality by crystal system.</summary>
    public required IReadOnlyList<BreakdownGroup> ByCrystalSystem { get; init; }

    /// <summary>Gets the quality by the atoms of the cell.</summary>
    public required IReadOnlyList<BreakdownGroup> ByAtoms { get; init; }

    /// <summary>Gets the quality by how often the rarest element of a crystal occurs in the training part; empty where that is not known.</summary>
    public required IReadOnlyList<BreakdownGroup> ByRarestElement { get; init; }

    /// <summary>Finds the details.</summary>
    /// <param name="answers">The truth and the answers.</param>
    /// <returns>The details.</returns>
    public static EvaluationDetails Of(EvaluationAnswers answers)
    {
        var breakdown = new Breakdown(answers);
        var details = new EvaluationDetails
        {
            Answers = answers,
            ByElement = breakdown.ByElement(),
            ByCrystalSystem = breakdown.ByCrystalSystem(),
            ByAtoms = breakdown.ByAtoms(),
            ByRarestElement = breakdown.ByRarestElement(),
        };
        if (!answers.IsClassification)
        {
            return details;
        }

        int[] truth = [.. answers.Truth.Select(value => (int)value)];
        var metrics = new ClassificationMetrics(truth, [.. answers.Answered.Select(value => (int)value)], answers.Task.Classes.Count);
        return details with
        {
            Classes = metrics.PerClass(),
            Confusion = metrics.ConfusionMatrix(),
            Reliability = ProbabilityMetrics.Reliability(answers.Probabilities, truth),
        };
    }
}
