using System.Collections.Immutable;
using Faithful.Cli.Composition;
using Faithful.Datasets;

namespace Faithful.Cli.Filtration;

/// <summary>What a filtration found.</summary>
internal sealed class FiltrationResult
{
    /// <summary>The number of neighbours by which an entry is compared with its prototype.</summary>
    public const int NeighborCount = 5;

    /// <summary>Puts together what networks say and what the catalogue holds.</summary>
    /// <param name="session">The filtration.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="answers">The answers of each network.</param>
    public FiltrationResult(FiltrationSession session, IReadOnlyList<FiltrationRun> runs, IReadOnlyList<ModelAnswers> answers)
    {
        (Plan, Task, Runs) = (session.Plan, session.Rows.Task, runs);
        Models = [.. answers.Select(model => model.Model)];
        Catalogue = new Catalogue(session.Rows);
        PackedRows rows = session.Plan.Planted == 0 ? session.Rows : session.Rows.Replace(ReplacedLabels.Read(session.Folder.PlantedPath));
        int[] labels = [.. rows.Rows.Select(row => row.Target.ClassIndex)];
        Planted = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] != session.Rows.Rows[row].Target.ClassIndex)];
        Ranking = SuspectEntry.Rank(labels, answers);
        Accuracies = [.. answers.Select(model => Accuracy(model, labels))];
        Missed = [.. Ranking.Where(entry => entry.IsMissedByAll && !Planted.Contains(entry.Row))];
        bool canRecall = Ranking.Any(entry => Planted.Contains(entry.Row));
        Recall = canRecall ? RecallPoint.Curve(Ranking, Planted) : [];
        RecallOfMissed = canRecall ? RecallPoint.OfMissed(Ranking, Planted) : null;
        CatalogueEntry[] listed = [.. Missed.Select(entry => Catalogue.Entries[entry.Row])];
        Elements = Frequency.Count(listed, Catalogue.Entries, entry => entry.Amounts.Select(amount => amount.Element.Symbol));
        Families = Frequency.Count(listed, Catalogue.Entries, entry => [entry.Anonymous]);
        Dictionary<int, int> ranks = Ranking.Index().ToDictionary(pair => pair.Item.Row, pair => pair.Index + 1);
        HashSet<int> missed = [.. Missed.Select(entry => entry.Row)];
        PaperFindings =
        [
            .. Plan.Task.Name.StartsWith("tqc", StringComparison.Ordinal)
                ? PaperFinding.All.Select(finding => new PaperComparison(
                    finding, [.. Catalogue.Entries.Where(finding.Is).Select(entry => (entry, ranks.TryGetValue(entry.Row, out int rank) ? rank : 0, missed.Contains(entry.Row)))]))
                : [],
        ];
    }

    /// <summary>Gets the plan.</summary>
    public FiltrationPlan Plan { get; }

    /// <summary>Gets the task.</summary>
    public LearningTask Task { get; }

    /// <summary>Gets the runs.</summary>
    public IReadOnlyList<FiltrationRun> Runs { get; }

    /// <summary>Gets the names of the networks.</summary>
    public ImmutableArray<string> Models { get; }

    /// <summary>Gets the accuracy of each network against the labels, planted ones included: of crystals that it has not seen, or of those that it learned.</summary>
    public ImmutableArray<double> Accuracies { get; }

    /// <summary>Gets the catalogue, with its own labels.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>Gets the rows with a planted label.</summary>
    public ImmutableSortedSet<int> Planted { get; }

    /// <summary>Gets all crystals that a network can take, the most doubtful first, those with a planted label among them.</summary>
    public IReadOnlyList<SuspectEntry> Ranking { get; }

    /// <summary>Gets the list: what every network misses, the most doubtful first, without planted labels.</summary>
    public ImmutableArray<SuspectEntry> Missed { get; }

    /// <summary>Gets how many crystals every network would miss if their mistakes had nothing to do with each other.</summary>
    public double MissedIfIndependent => Ranking.Count * Accuracies.Aggregate(1.0, (product, accuracy) => product * (1 - accuracy));

    /// <summary>Gets how many planted labels lists of several lengths hold; empty where none were planted.</summary>
    public IReadOnlyList<RecallPoint> Recall { get; }

    /// <summary>Gets how many planted labels every network misses; null where none were planted.</summary>
    public RecallPoint? RecallOfMissed { get; }

    /// <summary>Gets the elements of the list.</summary>
    public IReadOnlyList<Frequency> Elements { get; }

    /// <summary>Gets the anonymous formulas of the list.</summary>
    public IReadOnlyList<Frequency> Families { get; }

    /// <summary>Gets what became of the materials that the paper names; empty for other tasks than the topological classes.</summary>
    public ImmutableArray<PaperComparison> PaperFindings { get; }

    private static double Accuracy(ModelAnswers model, int[] labels)
    {
        (double[] Probabilities, int Label)[] answered =
            [.. model.Probabilities.Zip(labels).Where(pair => pair.First is not null).Select(pair => (pair.First!, pair.Second))];
        return answered.Length == 0 ? double.NaN : (double)answered.Count(pair => SuspectEntry.Vote(pair.Probabilities) == pair.Label) / answered.Length;
    }
}
