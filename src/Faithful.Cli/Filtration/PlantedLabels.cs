using System.Collections.Immutable;
using System.Text;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;

namespace Faithful.Cli.Filtration;

/// <summary>
/// Wrong labels that are planted among those of a catalogue, to see how many of them are found. A crystal gets another class, drawn in
/// proportion to the classes of the catalogue.
/// </summary>
internal static class PlantedLabels
{
    private const string CatalogueColumn = "catalogue";

    /// <summary>Draws labels.</summary>
    /// <param name="targets">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="count">How many rows get a wrong label, at most all.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <returns>Rows, ascending, and their wrong classes.</returns>
    public static ImmutableArray<(int Row, int Class)> Draw(IReadOnlyList<int> targets, int classes, int count, int seed)
    {
        var frequencies = new int[classes];
        foreach (int target in targets)
        {
            frequencies[target]++;
        }

        var random = new Random(seed);
        int[] rows = [.. Enumerable.Range(0, targets.Count)];
        random.Shuffle(rows);
        return [.. rows.Take(count).Order().Select(row => (row, Other(targets[row])))];

        int Other(int own)
        {
            int place = random.Next(targets.Count - frequencies[own]);
            for (int index = 0; ; index++)
            {
                place -= index == own ? 0 : frequencies[index];
                if (place < 0)
                {
                    return index;
                }
            }
        }
    }

    /// <summary>Writes planted labels, with those of the catalogue beside them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="planted">Rows and wrong classes.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="task">The task.</param>
    public static void Write(string path, IEnumerable<(int Row, int Class)> planted, IReadOnlyList<PackedRow> rows, LearningTask task)
    {
        var text = new StringBuilder($"id,{ReplacedLabels.Column},{CatalogueColumn}\n");
        foreach ((int row, int wrong) in planted)
        {
            string[] fields = [rows[row].Labels.Id, task.Classes[wrong], task.Classes[rows[row].Target.ClassIndex]];
            text.AppendJoin(',', fields.Select(CsvText.Quote)).Append('\n');
        }

        AtomicFile.WriteText(path, text.ToString());
    }
}
