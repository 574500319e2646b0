using System.Collections.Concurrent;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Datasets;

namespace Faithful.Cli.Tables;

/// <summary>What the symmetry finder answers for the tasks that ask for the symmetry. It learns nothing, so it has no training part.</summary>
internal static class SymmetryAnswers
{
    private const int BatchSize = 4096; // crystals analysed at the same time

    /// <summary>Analyses crystals of a source with the default tolerances.</summary>
    /// <param name="context">The command, for progress and cancellation.</param>
    /// <param name="source">The source.</param>
    /// <param name="task">The task: its label column is one of space groups or of point groups.</param>
    /// <param name="rows">The crystals.</param>
    /// <returns>The class of each crystal; null where the finder finds no symmetry.</returns>
    public static int?[] Find(CommandContext context, string source, LearningTask task, IReadOnlyList<PackedRow> rows)
    {
        HashSet<string> wanted = [.. rows.Select(row => row.Labels.Id)];
        var found = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var progress = new ProgressLine(context, "finding symmetry");
        int done = 0;
        IEnumerable<CrystalRecord> records = CrystalSource.Read(source).Select(result => result.Record).OfType<CrystalRecord>();
        foreach (CrystalRecord[] batch in records.Where(record => wanted.Contains(record.Id)).Chunk(BatchSize))
        {
            Parallel.ForEach(batch, new ParallelOptions { CancellationToken = context.Cancellation }, record =>
            {
                if (Answer(record, task) is int answer)
                {
                    found[record.Id] = answer;
                }
            });
            progress.Report(done += batch.Length, rows.Count);
        }

        return [.. rows.Select(row => found.TryGetValue(row.Labels.Id, out int answer) ? answer : (int?)null)];
    }

    private static int? Answer(CrystalRecord record, LearningTask task)
    {
        try
        {
            CrystalSymmetry symmetry = SymmetryFinder.Analyze(record.Crystal);
            var labels = new Dictionary<string, string>
            {
                [LearningTasks.SpaceGroup.LabelColumn] = symmetry.SpaceGroupNumber.ToString(CultureInfo.InvariantCulture),
                [LearningTasks.PointGroup.LabelColumn] = symmetry.PointGroup,
            };
            return task.TryGetTarget(record.Id, labels, record.Origin, out Target target) ? target.ClassIndex : null;
        }
        catch (SymmetryException)
        {
            return null;
        }
    }
}
