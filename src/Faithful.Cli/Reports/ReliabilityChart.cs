using System.Text.Json.Nodes;
using Faithful.Models.Metrics;

namespace Faithful.Cli.Reports;

/// <summary>How often answers are right, by the probability that the model gives them, above the share of the crystals that each bin holds.</summary>
internal static class ReliabilityChart
{
    /// <summary>Makes the chart.</summary>
    /// <param name="bins">The bins with a crystal in them.</param>
    /// <returns>The specification.</returns>
    public static JsonObject Create(IReadOnlyList<ReliabilityBin> bins)
    {
        double all = bins.Sum(bin => bin.Count);
        return ChartSpecification.Create(
            """
            {
              "height": 300,
              "encoding": {
                "tooltip": [
                  { "field": "confidence", "title": "mean probability", "format": ".3f" },
                  { "field": "accuracy", "title": "right", "format": ".3f" },
                  { "field": "crystals", "title": "crystals", "format": "," }
                ]
              },
              "layer": [
                {
                  "mark": { "type": "bar", "color": "var(--soft)", "opacity": 0.22 },
                  "encoding": {
                    "x": { "field": "from", "type": "quantitative" },
                    "x2": { "field": "to" },
                    "y": { "field": "share", "type": "quantitative" },
                    "y2": { "datum": 0 }
                  }
                },
                {
                  "data": { "values": [{ "p": 0 }, { "p": 1 }] },
                  "mark": { "type": "line", "color": "var(--soft)", "strokeDash": [4, 4], "strokeWidth": 1 },
                  "encoding": { "x": { "field": "p", "type": "quantitative" }, "y": { "field": "p", "type": "quantitative" }, "tooltip": null }
                },
                {
                  "mark": { "type": "rule", "color": "var(--accent)" },
                  "encoding": {
                    "x": { "field": "confidence", "type": "quantitative" },
                    "y": { "field": "low", "type": "quantitative" },
                    "y2": { "field": "high" }
                  }
                },
                {
                  "mark": { "type": "line", "point": { "filled": true, "size": 45 } },
                  "encoding": {
                    "x": { "field": "confidence", "type": "quantitative", "scale": { "domain": [0, 1] }, "title": "probability of the predicted class" },
                    "y": { "field": "accuracy", "type": "quantitative", "scale": { "domain": [0, 1] }, "title": "share that is right" }
                  }
                }
              ]
            }
            """,
            bins.Select(bin =>
            {
                (double low, double high) = WilsonInterval.Of((int)Math.Round(bin.Accuracy * bin.Count), bin.Count);
                return new JsonObject
                {
                    ["from"] = ChartSpecification.Short(bin.Low),
                    ["to"] = ChartSpecification.Short(bin.High),
                    ["crystals"] = bin.Count,
                    ["share"] = ChartSpecification.Short(bin.Count / all),
                    ["confidence"] = ChartSpecification.Short(bin.Confidence),
                    ["accuracy"] = ChartSpecification.Short(bin.Accuracy),
                    ["low"] = ChartSpecification.Short(low),
                    ["high"] = ChartSpecification.Short(high),
                };
            }));
    }
}
