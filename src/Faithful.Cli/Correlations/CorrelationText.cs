using System.Globalization;
using System.Text;
using Faithful.Models.Relations;

namespace Faithful.Cli.Correlations;

/// <summary>Relations of labels as cells of tables, for the terminal and in Markdown.</summary>
internal static class CorrelationText
{
    /// <summary>Gets the headers of the overview.</summary>
    public static IReadOnlyList<string> OverviewHeaders => ["labels", "crystals", "measure", "value", "p", "mutual information, nat"];

    /// <summary>Gets the overview.</summary>
    /// <param name="relations">The relations.</param>
    /// <returns>A row a relation.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Overview(IEnumerable<ColumnRelation> relations) =>
    [
        .. relations.Select(relation => (string[])
        [
            Title(relation),
            relation.Crystals.ToString(CultureInfo.InvariantCulture),
            relation.Strength.Name,
            Number(relation.Strength.Value, "0.000"),
            relation.Table is not null ? Probability(relation.Table.PValue) : relation.Values is not null ? Probability(relation.Values.PValue) : "–",
            Number(relation.MutualInformation, "0.0000"),
        ]),
    ];

    /// <summary>Names a relation.</summary>
    /// <param name="relation">The relation.</param>
    /// <returns>For example <c>magnetic-ordering and tqc</c>.</returns>
    public static string Title(ColumnRelation relation) => $"{relation.First.Name} and {relation.Second.Name}";

    /// <summary>Gets the table of a relation.</summary>
    /// <param name="relation">The relation.</param>
    /// <returns>Headers and rows; null for two numbers, of which the overview says all.</returns>
    public static (IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)? Table(ColumnRelation relation)
    {
        if (relation.Table is ContingencyTable table)
        {
            return (
                [$"{relation.First.Name} \\ {relation.Second.Name}", .. relation.Second.Classes, "all"],
                [
                    .. Enumerable.Range(0, table.Rows).Select(row => (string[])
                    [
                        relation.First.Classes[row],
                        .. Enumerable.Range(0, table.Columns).Select(column => Counted(table[row, column], table.RowCount(row))),
                        table.RowCount(row).ToString(CultureInfo.InvariantCulture),
                    ]),
                    (string[])["all", .. Enumerable.Range(0, table.Columns).Select(column => Counted(table.ColumnCount(column), table.Total)), table.Total.ToString(CultureInfo.InvariantCulture)],
                ]);
        }

        string unit = relation.Second.Unit is string known ? $", {known}" : "";
        return relation.Values is not GroupedValues values ? null : (
            [relation.First.Name, "crystals", $"mean {relation.Second.Name}{unit}", "95 % interval"],
            [
                .. values.Classes.Select((group, index) => (string[])
                [
                    relation.First.Classes[index],
                    group.Count.ToString(CultureInfo.InvariantCulture),
                    Number(group.Mean, "0.0000"),
                    group.Count == 0 ? "–" : $"{Number(group.Low, "0.0000")} to {Number(group.High, "0.0000")}",
                ]),
            ]);
    }

    /// <summary>Writes relations in Markdown.</summary>
    /// <param name="relations">The relations.</param>
    /// <returns>The document.</returns>
    public static string Markdown(IReadOnlyList<ColumnRelation> relations)
    {
        var text = new StringBuilder();
        Append(OverviewHeaders, Overview(relations));
        foreach (ColumnRelation relation in relations)
        {
            if (Table(relation) is (var headers, var rows))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{Title(relation)}:\n\n");
                Append(headers, rows);
            }
        }

        return text.ToString();

        void Append(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
        {
            Line(headers);
            Line([.. headers.Select(_ => "---")]);
            foreach (IReadOnlyList<string> row in rows)
            {
                Line(row);
            }
        }

        void Line(IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }

    private static string Counted(int count, int all) => all == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{count} ({100.0 * count / all:0.0} %)");

    private static string Probability(double p) => p < 1e-99 ? "< 1e-99" : p.ToString("0.0e+0", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";
}
