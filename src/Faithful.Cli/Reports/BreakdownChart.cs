using System.Text.Json.Nodes;
using Faithful.Cli.Evaluation;

namespace Faithful.Cli.Reports;

/// <summary>The quality of kinds of crystals with its interval, and of a classification that of the baseline on the same crystals.</summary>
internal static class BreakdownChart
{
    /// <summary>Makes the chart.</summary>
    /// <param name="groups">The kinds, at least one, in the order in which they are shown.</param>
    /// <param name="kind">What the kinds are, such as <c>crystal system</c>.</param>
    /// <param name="quality">What is measured, with its unit.</param>
    /// <param name="showsBaseline">Whether the baseline is drawn; beside the error of a regression it would be all that one sees.</param>
    /// <returns>The specification.</returns>
    public static JsonObject Create(IReadOnlyList<BreakdownGroup> groups, string kind, string quality, bool showsBaseline)
    {
        JsonObject chart = ChartSpecification.Create(
            """
            {
              "encoding": {
                "y": { "field": "kind", "type": "nominal", "sort": null, "axis": { "domain": false, "ticks": false, "grid": true } },
                "tooltip": [
                  { "field": "kind" },
                  { "field": "crystals", "format": "," },
                  { "field": "quality", "format": ".3f" },
                  { "field": "low", "title": "from", "format": ".3f" },
                  { "field": "high", "title": "to", "format": ".3f" },
                  { "field": "baseline", "format": ".3f" }
                ]
              },
              "layer": [
                {
                  "mark": { "type": "tick", "thickness": 2, "size": 14 },
                  "encoding": { "x": { "field": "baseline", "type": "quantitative" }, "color": { "datum": "baseline" } }
                },
                {
                  "mark": { "type": "rule", "strokeWidth": 2 },
                  "encoding": { "x": { "field": "low", "type": "quantitative" }, "x2": { "field": "high" }, "color": { "datum": "model" } }
                },
                {
                  "mark": { "type": "point", "filled": true, "size": 60, "opacity": 1 },
                  "encoding": { "x": { "field": "quality", "type": "quantitative", "scale": { "zero": true } }, "color": { "datum": "model" } }
                }
              ]
            }
            """,
            groups.Select(group => new JsonObject
            {
                ["kind"] = FormattableString.Invariant($"{group.Name} ({group.Count:N0})"),
                ["crystals"] = group.Count,
                ["quality"] = ChartSpecification.Short(group.Quality),
                ["low"] = ChartSpecification.Short(group.Interval.Low),
                ["high"] = ChartSpecification.Short(group.Interval.High),
                ["baseline"] = ChartSpecification.Short(group.Baseline),
            }));
        chart["height"] = 28 * groups.Count;
        chart["encoding"]!["y"]!["title"] = $"{kind} (crystals)";
        JsonNode colour = chart["layer"]![2]!["encoding"]!["color"]!;
        colour["scale"] = new JsonObject { ["domain"] = new JsonArray("model", "baseline"), ["range"] = new JsonArray("var(--accent)", "var(--second)") };
        colour["legend"] = showsBaseline ? new JsonObject { ["title"] = null, ["symbolType"] = "circle", ["symbolStrokeWidth"] = 0 } : null;
        chart["layer"]![2]!["encoding"]!["x"]!["title"] = quality;
        if (!showsBaseline)
        {
            chart["layer"]!.AsArray().RemoveAt(0);
        }

        return chart;
    }
}
