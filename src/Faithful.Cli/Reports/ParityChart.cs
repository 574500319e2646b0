using System.Text.Json.Nodes;

namespace Faithful.Cli.Reports;

/// <summary>Predicted against true values. Crystals are counted in squares, so that the file stays small whatever their number.</summary>
internal static class ParityChart
{
    private const int Squares = 60; // along each axis

    /// <summary>Makes the chart.</summary>
    /// <param name="truth">The true values.</param>
    /// <param name="answered">The predicted values, in the same order.</param>
    /// <param name="unit">Their unit, or null.</param>
    /// <returns>The specification.</returns>
    public static JsonObject Create(IReadOnlyList<double> truth, IReadOnlyList<double> answered, string? unit)
    {
        double low = Math.Min(truth.Min(), answered.Min()), high = Math.Max(truth.Max(), answered.Max());
        double side = high > low ? (high - low) / Squares : 1;
        string label = unit is null ? "" : $" ({unit})";
        JsonObject chart = ChartSpecification.Create(
            """
            {
              "height": 420,
              "layer": [
                {
                  "mark": { "type": "rect" },
                  "encoding": {
                    "x": { "field": "x", "type": "quantitative", "scale": { "zero": false, "nice": false } },
                    "x2": { "field": "x2" },
                    "y": { "field": "y", "type": "quantitative", "scale": { "zero": false, "nice": false } },
                    "y2": { "field": "y2" },
                    "color": {
                      "field": "crystals", "type": "quantitative", "title": "crystals",
                      "scale": { "type": "log", "range": ["rgba(37, 99, 201, 0.22)", "rgba(37, 99, 201, 1)"] }
                    },
                    "tooltip": [
                      { "field": "x", "title": "true from", "format": ".3f" },
                      { "field": "y", "title": "predicted from", "format": ".3f" },
                      { "field": "crystals", "title": "crystals", "format": "," }
                    ]
                  }
                },
                {
                  "mark": { "type": "line", "color": "var(--second)", "strokeWidth": 1 },
                  "encoding": { "x": { "field": "p", "type": "quantitative" }, "y": { "field": "p", "type": "quantitative" } }
                }
              ]
            }
            """,
            truth.Zip(answered, (x, y) => (X: Place(x), Y: Place(y))).CountBy(square => square).OrderBy(pair => pair.Key).Select(pair => new JsonObject
            {
                ["x"] = Edge(pair.Key.X),
                ["x2"] = Edge(pair.Key.X + 1),
                ["y"] = Edge(pair.Key.Y),
                ["y2"] = Edge(pair.Key.Y + 1),
                ["crystals"] = pair.Value,
            }));
        JsonArray layers = chart["layer"]!.AsArray();
        layers[0]!["encoding"]!["x"]!["title"] = $"true value{label}";
        layers[0]!["encoding"]!["y"]!["title"] = $"predicted value{label}";
        layers[1]!["data"] = new JsonObject
        {
            ["values"] = new JsonArray(new JsonObject { ["p"] = Edge(0) }, new JsonObject { ["p"] = Edge(Squares) }),
        };
        return chart;

        int Place(double value) => Math.Clamp((int)((value - low) / side), 0, Squares - 1);

        double Edge(int place) => ChartSpecification.Short(low + place * side);
    }
}
