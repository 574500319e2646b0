using System.Globalization;
using Faithful.Cli.Output;

namespace Faithful.Cli.Filtration;

/// <summary>What a filtration found, for people: sentences and the cells of tables, on the terminal and in a report.</summary>
/// <param name="result">What was found.</param>
internal sealed class FiltrationText(FiltrationResult result)
{
    /// <summary>Gets the headers of the list, beside which <see cref="List"/> has the rows.</summary>
    public IReadOnlyList<string> ListHeaders => ["rank", "formula", "id", "space group", "label", .. result.Models, "suspicion"];

    /// <summary>Gets the headers of the recall.</summary>
    public static IReadOnlyList<string> RecallHeaders => ["length of the list", "planted labels in it", "recall", "95 % interval", "precision at least", "false positives at most", "further ones of this kind at most"];

    /// <summary>Gets the headers of the paper's materials.</summary>
    public static IReadOnlyList<string> PaperHeaders => ["material", "the paper says", "here", "entries: space group, label, rank among all by doubt"];

    /// <summary>Says how much was found.</summary>
    /// <returns>A few sentences.</returns>
    public IEnumerable<string> Summary()
    {
        string accuracies = string.Join(", ", result.Models.Zip(result.Accuracies, (model, accuracy) => FormattableString.Invariant($"{model} {accuracy:0.000}")));
        yield return result.Plan.Folds == 0
            ? $"Each network has learned all {result.Plan.Crystals} crystals; how many of them it knows: {accuracies}."
            : $"Each crystal is judged by networks that have not seen it, {result.Plan.Folds} of each kind; their accuracy: {accuracies}.";
        yield return FormattableString.Invariant(
            $"All networks miss {result.Missed.Length} labels of the catalogue; {result.MissedIfIndependent:0.##} would be missed if their mistakes had nothing to do with each other.");
        if (result.RecallOfMissed is RecallPoint missed)
        {
            yield return FormattableString.Invariant(
                $"Of {missed.Planted} planted wrong labels all networks miss {missed.Found} ({missed.Recall:P0}, 95 % interval {missed.Interval.Low:P0} to {missed.Interval.High:P0}); of the other crystals at most {missed.FalsePositivesAtMost:P1} are listed without being wrong.");
        }
    }

    /// <summary>Gets the first rows of the list.</summary>
    /// <param name="count">How many at most.</param>
    /// <returns>One text a header.</returns>
    public IReadOnlyList<IReadOnlyList<string>> List(int count) =>
    [
        .. result.Missed.Take(count).Select((suspect, index) =>
        {
            CatalogueEntry entry = result.Catalogue.Entries[suspect.Row];
            return (string[])
            [
                Text(index + 1),
                entry.Formula,
                entry.Id,
                Text(entry.SpaceGroup),
                result.Task.Classes[suspect.Label],
                .. suspect.Answers.Select(answer => answer is null
                    ? "–"
                    : FormattableString.Invariant($"{result.Task.Classes[SuspectEntry.Vote(answer)]} {answer.Max():0.00}")),
                suspect.Suspicion.ToString("0.000", CultureInfo.InvariantCulture),
            ];
        }),
    ];

    /// <summary>Gets the recall of lists of several lengths.</summary>
    /// <returns>One text a header.</returns>
    public IReadOnlyList<IReadOnlyList<string>> Recall() =>
    [
        .. result.Recall.Select(point => (string[])
        [
            Text(point.Length),
            Text(point.Found),
            FormattableString.Invariant($"{point.Recall:0.00}"),
            FormattableString.Invariant($"{point.Interval.Low:0.00} to {point.Interval.High:0.00}"),
            FormattableString.Invariant($"{point.PrecisionAtLeast:0.000}"),
            FormattableString.Invariant($"{point.FalsePositivesAtMost:0.0000}"),
            point.WrongAtMost is double wrong ? Text((int)Math.Ceiling(wrong)) : "–",
        ]),
    ];

    /// <summary>Gets how frequent something is in the list.</summary>
    /// <param name="frequencies">Elements or families.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Name, listed crystals, crystals of the catalogue, and how much more frequent it is.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Frequencies(IEnumerable<Frequency> frequencies, int count) =>
    [
        .. frequencies.Take(count).Select(frequency => (string[])
            [frequency.Name, Text(frequency.Listed), Text(frequency.InCatalogue), FormattableString.Invariant($"{frequency.Enrichment:0.0}")]),
    ];

    /// <summary>Gets what became of the paper's materials.</summary>
    /// <returns>One text a header.</returns>
    public IReadOnlyList<IReadOnlyList<string>> Paper() =>
    [
        .. result.PaperFindings.Select(comparison => (string[])
        [
            comparison.Finding.Formula,
            comparison.Finding.Group,
            comparison.Outcome,
            string.Join("; ", comparison.Entries.Select(found =>
                $"{found.Entry.SpaceGroup} {result.Task.Classes[found.Entry.Label]}{(found.Rank == 0 ? "" : $" {found.Rank}")}{(found.IsListed ? " (listed)" : "")}")),
        ]),
    ];

    /// <summary>Writes the first of the list, the recall and the paper's materials on standard output.</summary>
    /// <param name="context">The command.</param>
    /// <param name="count">How many entries of the list.</param>
    public void Write(CommandContext context, int count)
    {
        foreach (string sentence in Summary())
        {
            context.Output.WriteLine(sentence);
        }

        Table(ListHeaders, List(count));
        if (result.Recall.Count > 0)
        {
            Table(RecallHeaders, Recall());
        }

        if (result.PaperFindings.Length > 0)
        {
            Table(PaperHeaders, Paper());
        }

        void Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
        {
            var table = new ResultTable(headers);
            foreach (IReadOnlyList<string> row in rows)
            {
                table.Add(row);
            }

            table.Write(context);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
