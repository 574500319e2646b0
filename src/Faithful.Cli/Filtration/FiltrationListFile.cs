using System.Globalization;
using System.Text;
using Faithful.Cli.Output;
using Faithful.Models;

namespace Faithful.Cli.Filtration;

/// <summary>The list as a table for spreadsheets: a row an entry, the most doubtful first.</summary>
internal static class FiltrationListFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">What was found.</param>
    public static void Write(string path, FiltrationResult result)
    {
        var text = new StringBuilder();
        Append(["rank", "formula", "id", "space_group", "label", "suspicion", .. result.Models.SelectMany(Columns), "duplicates", "neighbors"]);
        foreach ((int index, SuspectEntry suspect) in result.Missed.Index())
        {
            CatalogueEntry entry = result.Catalogue.Entries[suspect.Row];
            Append(
            [
                (index + 1).ToString(CultureInfo.InvariantCulture),
                entry.Formula,
                entry.Id,
                entry.SpaceGroup.ToString(CultureInfo.InvariantCulture),
                result.Task.Classes[suspect.Label],
                Number(suspect.Suspicion),
                .. suspect.Answers.SelectMany(answer => Answer(answer, suspect.Label)),
                Others(result.Catalogue.Duplicates(entry)),
                Others(result.Catalogue.Neighbors(entry, FiltrationResult.NeighborCount)),
            ]);
        }

        AtomicFile.WriteText(path, text.ToString());

        void Append(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(CsvText.Quote)).Append('\n');

        string[] Answer(double[]? answer, int label) => answer is null
            ? ["", "", ""]
            : [result.Task.Classes[SuspectEntry.Vote(answer)], Number(answer.Max()), Number(answer[label])];

        string Others(IEnumerable<CatalogueEntry> others) => string.Join("; ", others.Select(other => Describe(result, other)));
    }

    /// <summary>Describes a crystal beside which an entry is seen.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="entry">The crystal.</param>
    /// <returns>For example <c>Ni3Pd (221, mp-1) LCEBR</c>.</returns>
    public static string Describe(FiltrationResult result, CatalogueEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Formula} ({entry.SpaceGroup}, {entry.Id}) {result.Task.Classes[entry.Label]}");

    private static string[] Columns(string model) => [$"{model}_vote", $"{model}_confidence", $"{model}_label_probability"];

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
