using System.Text.Json.Nodes;

namespace Faithful.Cli.Reports;

/// <summary>A confusion matrix as a heat map: the colour is the share of the true class, the number the crystals.</summary>
internal static class ConfusionChart
{
    /// <summary>The most classes that can be told apart in a heat map.</summary>
    public const int MostClasses = 40;

    private const int MostNumbers = 12; // a cell with a number in it must not be smaller

    /// <summary>Makes the chart.</summary>
    /// <param name="classes">The names of the classes, at most <see cref="MostClasses"/>.</param>
    /// <param name="matrix">Crystals by true class (rows) and answered class (columns).</param>
    /// <returns>The specification.</returns>
    public static JsonObject Create(IReadOnlyList<string> classes, int[,] matrix)
    {
        List<JsonObject> cells = [];
        for (int truth = 0; truth < classes.Count; truth++)
        {
            int support = Enumerable.Range(0, classes.Count).Sum(column => matrix[truth, column]);
            for (int answered = 0; answered < classes.Count; answered++)
            {
                if (classes.Count <= MostNumbers || matrix[truth, answered] > 0)
                {
                    cells.Add(new JsonObject
                    {
                        ["truth"] = classes[truth],
                        ["answered"] = classes[answered],
                        ["crystals"] = matrix[truth, answered],
                        ["share"] = support == 0 ? 0 : ChartSpecification.Short((double)matrix[truth, answered] / support),
                    });
                }
            }
        }

        bool isSmall = classes.Count <= MostNumbers;
        JsonObject chart = ChartSpecification.Create(
            """
            {
              "encoding": {
                "x": { "field": "answered", "type": "nominal", "title": "predicted class", "axis": { "domain": false, "ticks": false } },
                "y": { "field": "truth", "type": "nominal", "title": "true class", "axis": { "domain": false, "ticks": false } },
                "tooltip": [
                  { "field": "truth", "title": "true" },
                  { "field": "answered", "title": "predicted" },
                  { "field": "crystals", "title": "crystals" },
                  { "field": "share", "title": "of the true class", "format": ".1%" }
                ]
              },
              "layer": [
                {
                  "mark": { "type": "rect", "stroke": "var(--grid)" },
                  "encoding": {
                    "color": {
                      "field": "share", "type": "quantitative", "scale": { "domain": [0, 1] },
                      "title": "share of the true class", "legend": { "format": "%" }
                    }
                  }
                }
              ]
            }
            """,
            cells);
        JsonObject encoding = chart["encoding"]!.AsObject();
        foreach (string axis in (string[])["x", "y"])
        {
            encoding[axis]!["sort"] = new JsonArray([.. classes.Select(name => (JsonNode)name)]);
            encoding[axis]!["scale"] = new JsonObject { ["domain"] = new JsonArray([.. classes.Select(name => (JsonNode)name)]) };
        }

        encoding["x"]!["axis"]!["labelAngle"] = isSmall && classes.All(name => name.Length <= 6) ? 0 : -60;
        chart["height"] = (isSmall ? 38 : 15) * classes.Count;
        if (isSmall)
        {
            chart["layer"]!.AsArray().Add(JsonNode.Parse(
                """
                {
                  "mark": { "type": "text", "fontSize": { "expr": "max(9, min(13, width / 32))" } },
                  "encoding": {
                    "text": { "field": "crystals", "format": "," },
                    "color": { "condition": { "test": "datum.share > 0.75", "value": "#ffffff" }, "value": "var(--ink)" }
                  }
                }
                """));
        }

        return chart;
    }
}
