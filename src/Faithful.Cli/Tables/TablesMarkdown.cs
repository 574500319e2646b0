using System.Text;

namespace Faithful.Cli.Tables;

/// <summary>The tables as Markdown.</summary>
internal static class TablesMarkdown
{
    /// <summary>What the reader has to know of every table.</summary>
    public const string Legend =
        "In brackets the 95 % bootstrap interval over the held-back crystals, which neither trained nor chose anything. Crystals that a model cannot take\n" +
        "count with the fallback, the majority class or the median of the training part. The paper's numbers are of other data and another split. `claussen`\n" +
        "is the gradient-boosted trees of the paper. The ensemble is one that was fitted on the validation part, or the plain mean of the three single models\n" +
        "that are best there; `tables.md` says which, and has the commands of every number.";

    /// <summary>Writes the tables, and what stands behind them.</summary>
    /// <param name="report">The results.</param>
    /// <returns>A document.</returns>
    public static string Document(TablesReport report)
    {
        var text = new StringBuilder("# The paper's tables beside ours\n\n");
        text.Append(Section(report)).Append('\n');
        Append(text, report.Details(), "##");
        text.Append("\n## The commands of every cell\n");
        foreach ((TableCell cell, _, CellResult? result) in report.Cells.Where(entry => entry.Result is not null))
        {
            text.Append("\n`").Append(cell.Name).Append("`\n\n");
            foreach (string command in result!.Commands)
            {
                text.Append("    ").Append(command).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the tables alone, as they stand in a file of other text.</summary>
    /// <param name="report">The results.</param>
    /// <returns>Markdown that ends with a line feed.</returns>
    public static string Section(TablesReport report)
    {
        var text = new StringBuilder(Legend).Append('\n');
        foreach (ReportTable table in report.Tables())
        {
            text.Append('\n');
            Append(text, table, "###");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReportTable table, string level)
    {
        text.Append(level).Append(' ').Append(table.Title).Append("\n\n");
        AppendRow(text, table.Headers);
        AppendRow(text, table.Headers.Select(_ => "---"));
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            AppendRow(text, row);
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
