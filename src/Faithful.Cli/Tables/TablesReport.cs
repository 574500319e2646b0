using System.Globalization;
using Faithful.Datasets;

namespace Faithful.Cli.Tables;

/// <summary>The tables of all results that a folder has, whichever commands made them. What nobody measured says so.</summary>
internal sealed class TablesReport
{
    /// <summary>What stands in a cell without a result.</summary>
    public const string NotMeasured = "not measured";

    private const string Impossible = "–";

    private readonly Dictionary<TableCell, CellResult> _results;

    private TablesReport(IReadOnlyList<string> splits, Dictionary<TableCell, CellResult> results)
    {
        (Splits, _results) = (splits, results);
    }

    /// <summary>Gets the names of the splits, the main one first; empty where there is no result.</summary>
    public IReadOnlyList<string> Splits { get; }

    /// <summary>Gets any result: all are of the same data.</summary>
    public CellResult? Any => _results.Values.FirstOrDefault();

    /// <summary>Gets the possible cells of all splits, with the result of those that have one.</summary>
    public IEnumerable<(TableCell Cell, TableRow Row, CellResult? Result)> Cells =>
        from split in Splits
        from task in PaperTable.Tasks
        from row in TableRow.All
        where row.Obstacle(LearningTasks.Find(task)) is null
        let cell = new TableCell(split, task, row.Model, row.Preset)
        select (cell, row, _results.GetValueOrDefault(cell));

    /// <summary>Reads the results of a folder.</summary>
    /// <param name="folder">The folder of the tables.</param>
    /// <returns>The report.</returns>
    /// <exception cref="InvalidDataException">A result is damaged, or results of different data or splits lie side by side.</exception>
    public static TablesReport Read(string folder)
    {
        var results = new Dictionary<TableCell, CellResult>();
        List<string> splits = [];
        foreach (string split in new[] { TableSplits.Given }.Concat(SplitKinds.Names).OrderBy(TableSplits.Order))
        {
            int before = results.Count;
            foreach (string task in PaperTable.Tasks)
            {
                foreach (TableRow row in TableRow.All)
                {
                    var cell = new TableCell(split, task, row.Model, row.Preset);
                    if (CellResult.TryRead(cell.FolderIn(folder)) is CellResult result)
                    {
                        results.Add(cell, result);
                    }
                }
            }

            if (results.Count > before)
            {
                splits.Add(split);
            }
        }

        CheckSame(folder, results);
        return new TablesReport(splits, results);
    }

    /// <summary>Gets the paper's tables with our numbers beside theirs, then the numbers on other splits.</summary>
    /// <returns>The tables.</returns>
    public IReadOnlyList<ReportTable> Tables()
    {
        if (Splits.Count == 0)
        {
            return [.. PaperTable.All.Select(table => Beside(table, SplitKinds.NameOf(SplitKind.Group)))];
        }

        List<ReportTable> tables = [.. PaperTable.All.Select(table => Beside(table, Splits[0]))];
        if (Splits.Count > 1)
        {
            tables.AddRange(PaperTable.Tasks
                .Where(task => Splits.Skip(1).Any(split => _results.Keys.Any(cell => cell.Split == split && cell.Task == task)))
                .Select(task => BySplit(PaperTable.Column(task))));
        }

        return tables;
    }

    /// <summary>Gets a table with a row for each cell that was measured: all metrics, counts and notes.</summary>
    /// <returns>The table.</returns>
    public ReportTable Details() => new(
        "Every cell",
        ["split", "task", "predictor", "value", "95 % interval", "further metrics", "n", "fallback", "notes"],
        [
            .. Cells.Where(entry => entry.Result is not null).Select(entry => (IReadOnlyList<string>)
            [
                entry.Cell.Split,
                entry.Cell.Task,
                entry.Row.Title,
                $"{entry.Result!.Metric} {Number(entry.Result, entry.Result.Value)}{(entry.Result.Unit is string unit ? $" {unit}" : "")}",
                Interval(entry.Result),
                string.Join(", ", entry.Result.Metrics.Where(metric => metric.Key != entry.Result.Metric).Select(metric => Invariant($"{metric.Key} {metric.Value:0.0000}"))),
                Invariant($"{entry.Result.Count:N0}"),
                Invariant($"{entry.Result.Fallbacks:N0}"),
                string.Join("; ", entry.Result.Notes),
            ]),
        ]);

    /// <summary>Gets the number of a cell as the tables show it, with its interval and the count of fallbacks.</summary>
    /// <param name="result">The result.</param>
    /// <returns>For example <c>0.853 (0.840–0.866), 24 fallback</c>.</returns>
    public static string Text(CellResult result) =>
        Invariant($"{Number(result, result.Value)} ({Interval(result)}){(result.Fallbacks > 0 ? Invariant($", {result.Fallbacks:N0} fallback") : "")}");

    private ReportTable Beside(PaperTable table, string split)
    {
        LearningTask[] tasks = [.. table.Columns.Select(column => LearningTasks.Find(column.Task))];
        return new ReportTable(
            table.Heading,
            ["predictor", .. table.Columns.SelectMany(column => (string[])[$"{column.Heading}{Counted(split, column.Task)}", "the paper"])],
            [
                .. TableRow.All.Where(row => tasks.Any(task => row.Obstacle(task) is null)).Select(row => (IReadOnlyList<string>)
                [
                    row.Title,
                    .. table.Columns.SelectMany(column => (string[])
                    [
                        Cell(split, column.Task, row),
                        column.Find(row.Model) is double theirs ? Invariant($"{theirs:0.00}") : "",
                    ]),
                ]),
            ]);
    }

    private ReportTable BySplit(PaperColumn column) => new(
        $"Other splits: {column.Heading}",
        ["predictor", .. Splits.Select(split => $"{Explain(split)}{Counted(split, column.Task)}")],
        [
            .. TableRow.All.Where(row => row.Obstacle(LearningTasks.Find(column.Task)) is null)
                .Select(row => (IReadOnlyList<string>)[row.Title, .. Splits.Select(split => Cell(split, column.Task, row))]),
        ]);

    private string Cell(string split, string task, TableRow row) => row.Obstacle(LearningTasks.Find(task)) is not null
        ? Impossible
        : _results.TryGetValue(new TableCell(split, task, row.Model, row.Preset), out CellResult? result) ? Text(result) : NotMeasured;

    /// <summary>The number of crystals, which is the same in every row of a task.</summary>
    private string Counted(string split, string task)
    {
        CellResult? first = _results.Where(pair => pair.Key.Split == split && pair.Key.Task == task).Select(pair => pair.Value).FirstOrDefault();
        return first is null ? "" : Invariant($"{(first.Unit is string unit ? $", {unit}" : "")}, n = {first.Count:N0}");
    }

    private static string Explain(string split) => split switch
    {
        "group" => "unseen formula in its space group",
        "random" => "at random",
        TableSplits.Given => "as given",
        _ => $"unseen {split.Replace('-', ' ')}",
    };

    private static string Interval(CellResult result) => result.Intervals.TryGetValue(result.Metric, out double[]? bounds)
        ? $"{Number(result, bounds[0])}–{Number(result, bounds[1])}"
        : "";

    /// <summary>Errors in eV/atom need a digit more than shares of right answers.</summary>
    private static string Number(CellResult result, double value) => value.ToString(result.Unit is null ? "0.000" : "0.0000", CultureInfo.InvariantCulture);

    private static void CheckSame(string folder, Dictionary<TableCell, CellResult> results)
    {
        foreach (IGrouping<string, KeyValuePair<TableCell, CellResult>> split in results.GroupBy(pair => pair.Key.Split))
        {
            (TableCell first, CellResult expected) = split.First();
            foreach ((TableCell cell, CellResult found) in split)
            {
                if (found.DataSha256 != expected.DataSha256 || found.SplitSha256 != expected.SplitSha256 || found.Count <= 0)
                {
                    throw new InvalidDataException(
                        $"{Path.Combine(cell.FolderIn(folder), CellResult.FileName)}: expected a result for the data and the split of {first.Name}, " +
                        "found one of other data or another split");
                }
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
