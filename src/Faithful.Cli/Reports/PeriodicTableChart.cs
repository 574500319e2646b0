using System.Globalization;
using System.Text.Json.Nodes;
using Faithful.Cli.Evaluation;
using Faithful.Crystals;

namespace Faithful.Cli.Reports;

/// <summary>The periodic table, each element with the error of the crystals that contain it.</summary>
internal static class PeriodicTableChart
{
    /// <summary>The crystals below which an element has no colour, because its error is mostly chance.</summary>
    public const int FewestCrystals = 5;

    private const int Gap = 8; // the empty row above the f block

    /// <summary>Makes the chart.</summary>
    /// <param name="groups">The quality by element.</param>
    /// <param name="isClassification">Whether the quality is an accuracy, whose error is what it lacks to 1; else it is an error itself.</param>
    /// <param name="unit">The unit of the error of a regression, or null.</param>
    /// <returns>The specification.</returns>
    public static JsonObject Create(IReadOnlyList<BreakdownGroup> groups, bool isClassification, string? unit)
    {
        var known = groups.ToDictionary(group => group.Name, StringComparer.Ordinal);
        Func<double, double> error = isClassification ? accuracy => 1 - accuracy : value => value;
        double largest = groups.Where(group => group.Count >= FewestCrystals).Select(group => error(group.Quality)).DefaultIfEmpty(0).Max();
        JsonObject chart = ChartSpecification.Create(
            """
            {
              "height": 352,
              "encoding": {
                "x": { "field": "column", "type": "ordinal", "axis": null, "scale": { "paddingInner": 0.06 } },
                "y": { "field": "row", "type": "ordinal", "axis": null, "scale": { "domain": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "paddingInner": 0.08 } },
                "tooltip": [
                  { "field": "element" },
                  { "field": "crystals", "format": "," },
                  { "field": "error", "format": ".3f" },
                  { "field": "interval" },
                  { "field": "baseline", "title": "error of the baseline", "format": ".3f" }
                ]
              },
              "layer": [
                { "mark": { "type": "rect", "fill": null, "stroke": "var(--edge)", "cornerRadius": 2 } },
                {
                  "transform": [{ "filter": "isValid(datum.shown)" }],
                  "mark": { "type": "rect", "cornerRadius": 2 },
                  "encoding": { "color": { "field": "shown", "type": "quantitative", "legend": { "format": "~g" } } }
                },
                {
                  "mark": {
                    "type": "text", "fontSize": { "expr": "max(8, min(14, width / 42))" }, "fontWeight": 600,
                    "dy": { "expr": "width > 560 ? -6 : 0" }
                  },
                  "encoding": {
                    "text": { "field": "symbol" },
                    "color": {
                      "condition": [{ "test": "datum.depth > 0.75", "value": "#ffffff" }, { "test": "datum.crystals > 0", "value": "var(--ink)" }],
                      "value": "var(--soft)"
                    },
                    "opacity": { "condition": { "test": "datum.crystals > 0", "value": 1 }, "value": 0.55 }
                  }
                },
                {
                  "transform": [{ "filter": "isValid(datum.shown)" }],
                  "mark": { "type": "text", "fontSize": 10, "dy": 9, "opacity": { "expr": "width > 560 ? 1 : 0" } },
                  "encoding": {
                    "text": { "field": "label" },
                    "color": { "condition": { "test": "datum.depth > 0.75", "value": "#ffffff" }, "value": "var(--ink)" }
                  }
                }
              ]
            }
            """,
            Element.All.Select(element => Cell(element, known.GetValueOrDefault(element.Symbol), error, largest)));
        JsonNode colour = chart["layer"]![1]!["encoding"]!["color"]!;
        colour["title"] = isClassification ? "share that is wrong" : $"mean absolute error{(unit is null ? "" : $" ({unit})")}";
        colour["scale"] = new JsonObject { ["domain"] = new JsonArray(0, largest > 0 ? ChartSpecification.Short(largest) : 1) };
        return chart;
    }

    private static JsonObject Cell(Element element, BreakdownGroup? group, Func<double, double> error, double largest)
    {
        (int column, int row) = Place(element);
        var cell = new JsonObject
        {
            ["column"] = column,
            ["row"] = row,
            ["symbol"] = element.Symbol,
            ["element"] = $"{element.Symbol}, {element.Name}",
            ["crystals"] = group?.Count ?? 0,
        };
        if (group is null)
        {
            return cell;
        }

        double value = error(group.Quality);
        double[] bounds = [error(group.Interval.Low), error(group.Interval.High)];
        cell["error"] = ChartSpecification.Short(value);
        cell["interval"] = FormattableString.Invariant($"{bounds.Min():0.000}–{bounds.Max():0.000}");
        cell["baseline"] = ChartSpecification.Short(error(group.Baseline));
        if (group.Count >= FewestCrystals)
        {
            cell["shown"] = ChartSpecification.Short(value);
            cell["depth"] = largest > 0 ? Math.Round(value / largest, 3) : 0;
            cell["label"] = value.ToString(largest < 0.1 ? ".000" : ".00", CultureInfo.InvariantCulture);
        }

        return cell;
    }

    /// <summary>Where an element stands in the table of 18 columns: the f block in two rows of its own below, from the fourth column.</summary>
    private static (int Column, int Row) Place(Element element) => element.Group > 0
        ? (element.Group, element.Period)
        : (element.AtomicNumber - (element.Period == 6 ? 57 : 89) + 4, element.Period + Gap - 5);
}
