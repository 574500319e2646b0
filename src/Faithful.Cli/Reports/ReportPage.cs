using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Faithful.Models;

namespace Faithful.Cli.Reports;

/// <summary>
/// A report in one HTML file, which loads nothing: its policy of contents forbids it to. Charts are Vega-Lite specifications, drawn by the
/// library within the file, whose scripts are there once and only where there is a chart.
/// </summary>
/// <param name="title">The title, as plain text.</param>
internal sealed partial class ReportPage(string title)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private const int LongestLine = 24; // letters of a cell; a longer text is broken where the page is narrow
    private const int FewestListed = 3; // sections; fewer need no contents

    private readonly StringBuilder _body = new();
    private readonly List<string> _headings = [];
    private int _charts;

    /// <summary>Gets whether the program holds the library that draws charts; a page without it says so in their place.</summary>
    public static bool CanDraw => ReportFiles.HasCharts;

    /// <summary>Begins a section.</summary>
    /// <param name="text">Its heading, as plain text.</param>
    public void AddHeading(string text)
    {
        _headings.Add(text);
        _body.Append("<h2 id=\"section-").Append(_headings.Count).Append("\">").Append(Html.Encode(text)).Append("</h2>\n");
    }

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Plain text.</param>
    public void AddText(string text) => _body.Append("<p>").Append(Html.Encode(text)).Append("</p>\n");

    /// <summary>Adds a table. A column of nothing but numbers, with the intervals and units behind them, is aligned to the right.</summary>
    /// <param name="headers">The headers, as plain text.</param>
    /// <param name="rows">The rows, each with as many cells as there are headers, as plain text.</param>
    /// <param name="caption">What the table shows, or null.</param>
    /// <exception cref="ArgumentException">A row has another number of cells.</exception>
    public void AddTable(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows, string? caption = null)
    {
        if (rows.Index().FirstOrDefault(row => row.Item.Count != headers.Count) is (var place, { } odd))
        {
            throw new ArgumentException($"expected {headers.Count} cells in every row of '{caption ?? headers[0]}', found {odd.Count} in row {place}");
        }

        bool[] isNumber = [.. Enumerable.Range(0, headers.Count).Select(column => IsNumber([.. rows.Select(row => row[column])]))];
        // A wide table scrolls on its own, also with the keyboard, and the page does not.
        _body.Append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"").Append(Html.Encode(caption ?? headers[0])).Append("\"><table>\n");
        if (caption is not null)
        {
            _body.Append("<caption>").Append(Html.Encode(caption)).Append("</caption>\n");
        }

        _body.Append("<thead>");
        AddRow("th scope=\"col\"", "th", headers);
        _body.Append("</thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            AddRow("td", "td", row);
        }

        _body.Append("</tbody></table></div>\n");

        void AddRow(string opening, string closing, IReadOnlyList<string> cells)
        {
            _body.Append("<tr>");
            foreach ((string cell, bool isRight) in cells.Zip(isNumber))
            {
                string kind = isRight ? " class=\"number\"" : cell.Length > LongestLine ? " class=\"long\"" : "";
                _body.Append('<').Append(opening).Append(kind).Append('>').Append(Html.Encode(cell)).Append("</").Append(closing).Append('>');
            }

            _body.Append("</tr>\n");
        }
    }

    /// <summary>
    /// Adds a chart. A view or a layered view without a width takes that of the page. Colours follow the page, light or dark: the ramp of a
    /// quantitative colour begins at the ground, <c>currentColor</c> is that of text, and the palette of <c>report.css</c> is there as
    /// <c>var(--ink)</c> and so on.
    /// </summary>
    /// <param name="caption">What the chart shows, as plain text.</param>
    /// <param name="vegaLiteSpecification">The specification, with its data inside and without <c>$schema</c>.</param>
    public void AddChart(string caption, JsonObject vegaLiteSpecification)
    {
        _charts++;
        _body.Append("<figure>\n");
        if (CanDraw)
        {
            // The serializer writes every < as \u003C, so no text of the data can end the script.
            _body.Append("<div class=\"chart\"></div>\n<script type=\"application/json\">").Append(vegaLiteSpecification.ToJsonString()).Append("</script>\n");
        }
        else
        {
            _body.Append("<p class=\"missing\">This chart is not drawn: the program was built without the library for charts, which ./faithful setup takes from npm.</p>\n");
        }

        _body.Append("<figcaption>").Append(Html.Encode(caption)).Append("</figcaption>\n</figure>\n");
    }

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file; a reader never sees half of it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, Page());

    private string Page()
    {
        bool draws = CanDraw && _charts > 0;
        var page = new StringBuilder()
            .Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ")
            .Append(draws ? "'unsafe-inline'" : "'none'").Append("\">\n")
            .Append("<title>").Append(Html.Encode(title)).Append("</title>\n")
            .Append("<style>\n").Append(ReportFiles.Style).Append("</style>\n</head>\n<body>\n<main>\n")
            .Append("<h1>").Append(Html.Encode(title)).Append("</h1>\n")
            .Append(Contents()).Append(_body).Append("</main>\n<footer>\n<p>Written by Faithful; everything shown is in this file.</p>\n");
        if (draws)
        {
            page.Append("<details><summary>Licences of the library that draws the charts</summary>\n<pre>").Append(Html.Encode(ReportFiles.Licences)).Append("</pre></details>\n");
        }

        page.Append("</footer>\n");
        foreach (string script in draws ? ReportFiles.Scripts : [])
        {
            page.Append("<script>\n").Append(script).Append("</script>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private string Contents() => _headings.Count < FewestListed
        ? ""
        : $"<nav aria-label=\"Contents\"><ul>{string.Concat(_headings.Select((heading, index) => $"<li><a href=\"#section-{index + 1}\">{Html.Encode(heading)}</a></li>"))}</ul></nav>\n";

    private static bool IsNumber(IReadOnlyList<string> cells) =>
        cells.Any(cell => Number().IsMatch(cell)) && cells.All(cell => cell is "" or "–" or "-" || Number().IsMatch(cell));

    [GeneratedRegex(@"^[+\-−]?\d[\d.,]*(e[+\-]?\d+)?( ?%)?( ?[(\[±–].*)?( [^\s\d]\S*)?$")]
    private static partial Regex Number();
}
