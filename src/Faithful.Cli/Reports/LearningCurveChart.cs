using System.Text.Json.Nodes;
using Faithful.Networks.Training;

namespace Faithful.Cli.Reports;

/// <summary>What a run measured epoch by epoch, with a line at the epoch whose weights were taken.</summary>
internal static class LearningCurveChart
{
    private const int MostPoints = 500; // of a curve; a longer run is thinned evenly

    /// <summary>Makes the chart of the losses.</summary>
    /// <param name="epochs">The measurements, at least one.</param>
    /// <returns>The specification.</returns>
    public static JsonObject Losses(IReadOnlyList<EpochMeasurement> epochs) => Create(
        epochs, "loss", [("training", epoch => epoch.TrainingLoss), ("validation", epoch => epoch.ValidationLoss)]);

    /// <summary>Makes the chart of the metric on the validation part.</summary>
    /// <param name="epochs">The measurements, at least one.</param>
    /// <param name="metric">The name of the metric, with its unit.</param>
    /// <returns>The specification.</returns>
    public static JsonObject Metric(IReadOnlyList<EpochMeasurement> epochs, string metric) => Create(
        epochs, HasMacroF1(epochs) ? "score" : metric, [(metric, epoch => epoch.ValidationMetric), .. MacroF1(epochs)]);

    private static bool HasMacroF1(IReadOnlyList<EpochMeasurement> epochs) => epochs.All(epoch => epoch.ValidationMacroF1 is not null);

    private static (string Name, Func<EpochMeasurement, double> Value)[] MacroF1(IReadOnlyList<EpochMeasurement> epochs) =>
        HasMacroF1(epochs) ? [("macro F1", epoch => epoch.ValidationMacroF1!.Value)] : [];

    private static JsonObject Create(
        IReadOnlyList<EpochMeasurement> epochs, string title, IReadOnlyList<(string Name, Func<EpochMeasurement, double> Value)> curves)
    {
        int step = (epochs.Count + MostPoints - 1) / MostPoints;
        JsonObject chart = ChartSpecification.Create(
            """
            {
              "height": 230,
              "layer": [
                {
                  "mark": { "type": "line", "strokeWidth": 2 },
                  "encoding": {
                    "x": { "field": "epoch", "type": "quantitative", "title": "epoch", "scale": { "nice": false } },
                    "y": { "field": "value", "type": "quantitative", "scale": { "zero": false } },
                    "color": { "field": "curve", "type": "nominal", "title": null, "sort": null }
                  }
                },
                {
                  "mark": { "type": "rule", "color": "var(--soft)", "strokeDash": [4, 4] },
                  "encoding": { "x": { "field": "best", "type": "quantitative" } }
                }
              ]
            }
            """,
            curves.SelectMany(curve => epochs.Where((_, index) => index % step == 0 || index == epochs.Count - 1)
                .Where(epoch => double.IsFinite(curve.Value(epoch)))
                .Select(epoch => new JsonObject { ["epoch"] = epoch.Epoch, ["curve"] = curve.Name, ["value"] = ChartSpecification.Short(curve.Value(epoch)) })));
        chart["layer"]![0]!["encoding"]!["y"]!["title"] = title;
        if (curves.Count == 1)
        {
            chart["layer"]![0]!["encoding"]!["color"]!["legend"] = null; // the axis says it
        }

        chart["layer"]![1]!["data"] = new JsonObject
        {
            ["values"] = new JsonArray(new JsonObject { ["best"] = epochs.LastOrDefault(epoch => epoch.IsBest)?.Epoch ?? epochs[^1].Epoch }),
        };
        return chart;
    }
}
