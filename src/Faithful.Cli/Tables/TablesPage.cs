using System.Text.Json.Nodes;
using Faithful.Cli.Reports;
using Faithful.Datasets;

namespace Faithful.Cli.Tables;

/// <summary>The tables as a page, with a chart for each task.</summary>
internal static class TablesPage
{
    private const string Ours = "measured here";
    private const string Theirs = "the paper";

    /// <summary>Makes the page.</summary>
    /// <param name="report">The results.</param>
    /// <returns>The page, to be written.</returns>
    public static ReportPage Create(TablesReport report)
    {
        var page = new ReportPage("The paper's tables beside ours");
        page.AddText(TablesMarkdown.Legend.ReplaceLineEndings(" ").Replace("`", "", StringComparison.Ordinal));
        foreach (ReportTable table in report.Tables())
        {
            page.AddHeading(table.Title);
            page.AddTable(table.Headers, table.Rows);
            foreach (PaperColumn column in PaperTable.All.Where(paper => paper.Heading == table.Title).SelectMany(paper => paper.Columns))
            {
                if (Values(report, column) is { Count: > 0 } values)
                {
                    page.AddChart($"{column.Heading}: {Better(column)}; lines are 95 % intervals", Chart(column, values));
                }
            }
        }

        ReportTable details = report.Details();
        page.AddHeading(details.Title);
        page.AddTable(details.Headers, details.Rows, "All that was measured");
        page.AddHeading("The commands of every cell");
        page.AddTable(
            ["cell", "commands"],
            [
                .. report.Cells.Where(entry => entry.Result is not null)
                    .SelectMany(entry => entry.Result!.Commands.Select((command, index) => (IReadOnlyList<string>)[index == 0 ? entry.Cell.Name : "", command])),
            ],
            "Each gives its number from the data, on any machine with the program");
        return page;
    }

    private static string Better(PaperColumn column) => LearningTasks.Find(column.Task).Kind == TargetKind.Regression ? "less is better" : "more is better";

    private static JsonArray Values(TablesReport report, PaperColumn column)
    {
        var values = new JsonArray();
        foreach ((TableCell cell, TableRow row, CellResult? result) in report.Cells.Where(entry => entry.Cell.Task == column.Task && entry.Cell.Split == report.Splits[0]))
        {
            if (result is null)
            {
                continue; // the paper's number alone would stand beside nothing
            }

            var value = new JsonObject { ["row"] = row.Title, ["ours"] = result.Value };
            if (result.Intervals.TryGetValue(result.Metric, out double[]? bounds))
            {
                (value["low"], value["high"]) = (bounds[0], bounds[1]);
            }

            if (column.Find(cell.Model) is double theirs)
            {
                value["theirs"] = theirs;
            }

            values.Add(value);
        }

        return values;
    }

    private static JsonObject Chart(PaperColumn column, JsonArray values)
    {
        return new JsonObject
        {
            ["data"] = new JsonObject { ["values"] = values },
            ["height"] = new JsonObject { ["step"] = 22 },
            ["encoding"] = new JsonObject { ["y"] = Rows() },
            ["layer"] = new JsonArray(
                new JsonObject
                {
                    ["mark"] = "rule",
                    ["encoding"] = new JsonObject { ["x"] = Along("low"), ["x2"] = new JsonObject { ["field"] = "high" } },
                },
                new JsonObject
                {
                    ["mark"] = new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 60, ["opacity"] = 1 },
                    ["encoding"] = new JsonObject { ["x"] = Along("ours"), ["color"] = new JsonObject { ["datum"] = Ours } },
                },
                new JsonObject
                {
                    ["transform"] = new JsonArray(new JsonObject { ["filter"] = "isValid(datum.theirs)" }),
                    ["mark"] = new JsonObject { ["type"] = "tick", ["thickness"] = 3, ["size"] = 16 },
                    ["encoding"] = new JsonObject { ["x"] = Along("theirs"), ["color"] = new JsonObject { ["datum"] = Theirs } },
                }),
        };

        static JsonObject Rows() => new()
        {
            ["field"] = "row",
            ["type"] = "nominal",
            ["sort"] = null,
            ["title"] = null,
            ["axis"] = new JsonObject { ["labelLimit"] = 260 },
        };

        JsonObject Along(string field) => new()
        {
            ["field"] = field,
            ["type"] = "quantitative",
            ["title"] = column.Heading,
            ["scale"] = new JsonObject { ["zero"] = false },
        };
    }
}
