namespace Faithful.Cli.Filtration;

/// <summary>How far the networks doubt the label of one crystal.</summary>
/// <param name="Row">The crystal, as its place in the rows.</param>
/// <param name="Label">The class that the catalogue gives it, or the planted one.</param>
/// <param name="Answers">The probability of each class by each network; null where a network cannot take the crystal.</param>
internal sealed record SuspectEntry(int Row, int Label, IReadOnlyList<double[]?> Answers)
{
    /// <summary>Gets how improbable the networks find the label on average: 1 − mean probability, 0 to 1; NaN when none can take the crystal.</summary>
    public double Suspicion { get; } = Answers.Any(answer => answer is not null) ? 1 - Answers.OfType<double[]>().Average(answer => answer[Label]) : double.NaN;

    /// <summary>Gets whether every network that can take the crystal gives it another class.</summary>
    public bool IsMissedByAll => !double.IsNaN(Suspicion) && Answers.OfType<double[]>().All(answer => Vote(answer) != Label);

    /// <summary>Gets the class that the networks find most probable together; −1 when none can take the crystal.</summary>
    public int JointVote => double.IsNaN(Suspicion)
        ? -1
        : Vote([.. Enumerable.Range(0, Answers.OfType<double[]>().First().Length).Select(index => Answers.OfType<double[]>().Sum(answer => answer[index]))]);

    /// <summary>Gets the most probable class.</summary>
    /// <param name="probabilities">The probability of each class.</param>
    /// <returns>The first of the largest.</returns>
    public static int Vote(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    /// <summary>Ranks crystals.</summary>
    /// <param name="labels">The class of each crystal.</param>
    /// <param name="models">The answers of each network.</param>
    /// <returns>The crystals that a network can take, the most doubtful first; equally doubtful ones in the order of the data.</returns>
    public static IReadOnlyList<SuspectEntry> Rank(IReadOnlyList<int> labels, IReadOnlyList<ModelAnswers> models) =>
    [
        .. labels.Select((label, row) => new SuspectEntry(row, label, [.. models.Select(model => model.Probabilities[row])]))
            .Where(entry => !double.IsNaN(entry.Suspicion))
            .OrderByDescending(entry => entry.Suspicion),
    ];
}
