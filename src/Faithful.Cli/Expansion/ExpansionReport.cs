using System.Text.Json.Nodes;
using Faithful.Cli.Reports;
using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Cli.Expansion;

/// <summary>The results of an expansion as a page.</summary>
internal static class ExpansionReport
{
    private const string Explanation =
        "Every distance between atoms is multiplied by r. Far apart, atoms have no bands, so a model that knows what it predicts must find every crystal " +
        "without topology for large r: the atomic limit.";

    /// <summary>Writes the page of a set.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="crystals">The number of crystals.</param>
    /// <param name="models">One result a model.</param>
    public static void Write(string path, IReadOnlyList<double> factors, int crystals, IReadOnlyList<ModelExpansion> models)
    {
        var page = new ReportPage($"The atomic limit of {crystals} crystals");
        page.AddText(Explanation);
        page.AddTable(ExpansionText.SetHeaders, ExpansionText.Set(models));
        page.AddHeading("Crystals without topology");
        page.AddChart(
            "Share of the crystals that a model finds without topology, of those that it finds topological at r = 1.",
            Lines(factors, models.Where(model => model.Predicted.Crystals > 0).Select(model => (model.Name, model.Predicted.Trivial()))));
        if (models.Any(model => model.Labelled.Crystals > 0))
        {
            page.AddChart(
                "The same of those whose label is topological.",
                Lines(factors, models.Where(model => model.Labelled.Crystals > 0).Select(model => (model.Name, model.Labelled.Trivial()))));
        }

        page.AddHeading("What becomes of topological crystals");
        foreach (ModelExpansion model in models.Where(model => model.Predicted.Crystals > 0))
        {
            page.AddChart(
                $"{model.Name}: the classes of {model.Predicted.Crystals} crystals that it finds topological at r = 1.",
                Areas(factors, model.Classes.Select((name, index) => (name, (IReadOnlyList<double>)[.. Enumerable.Range(0, factors.Count).Select(step => model.Predicted.Share(step, index))]))));
        }

        page.Write(path);
    }

    /// <summary>Writes the page of one crystal.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="record">The crystal.</param>
    /// <param name="models">One result a model.</param>
    public static void Write(string path, IReadOnlyList<double> factors, CrystalRecord record, IReadOnlyList<CrystalExpansion> models)
    {
        var page = new ReportPage($"The atomic limit of {record.Crystal.ReducedFormula} ({record.Id})");
        page.AddText(Explanation);
        foreach (CrystalExpansion model in models.Where(model => !model.Predictions[0].IsFallback))
        {
            page.AddHeading($"{model.Name}: {model.Task.Name}");
            if (ExpansionText.Turning(factors, model) is string turning)
            {
                page.AddText($"{turning}.");
            }

            page.AddChart(
                model.Task.Kind == TaskKind.Regression ? $"What the model predicts, in {model.Task.Unit}." : "How probable the model finds each class.",
                model.Task.Kind == TaskKind.Regression
                    ? Lines(factors, [(model.Task.Name, [.. model.Predictions.Select(prediction => prediction.Value!.Value)])], "value")
                    : Areas(factors, model.Task.Classes.Select((name, index) => (name, (IReadOnlyList<double>)[.. model.Predictions.Select(prediction => prediction.Probabilities[index])]))));
        }

        page.AddHeading("Answers");
        page.AddTable(ExpansionText.CrystalHeaders(models), ExpansionText.Crystal(factors, models));
        page.Write(path);
    }

    private static JsonObject Lines(IReadOnlyList<double> factors, IEnumerable<(string Name, IReadOnlyList<double> Values)> series, string title = "without topology") => new()
    {
        ["data"] = Data(factors, series),
        ["height"] = 280,
        ["mark"] = new JsonObject { ["type"] = "line", ["point"] = new JsonObject { ["size"] = 18 } },
        ["encoding"] = Encoding(title, stacked: false),
    };

    private static JsonObject Areas(IReadOnlyList<double> factors, IEnumerable<(string Name, IReadOnlyList<double> Values)> series) => new()
    {
        ["data"] = Data(factors, series),
        ["height"] = 220,
        ["mark"] = new JsonObject { ["type"] = "area" },
        ["encoding"] = Encoding("share", stacked: true),
    };

    private static JsonObject Encoding(string title, bool stacked)
    {
        var y = new JsonObject { ["field"] = "value", ["type"] = "quantitative", ["title"] = title };
        if (stacked)
        {
            y["stack"] = "normalize";
        }

        return new JsonObject
        {
            ["x"] = new JsonObject { ["field"] = "r", ["type"] = "quantitative", ["title"] = "r, factor of expansion", ["scale"] = new JsonObject { ["zero"] = false, ["nice"] = false } },
            ["y"] = y,
            ["color"] = new JsonObject { ["field"] = "name", ["type"] = "nominal", ["title"] = null, ["sort"] = null },
        };
    }

    private static JsonObject Data(IReadOnlyList<double> factors, IEnumerable<(string Name, IReadOnlyList<double> Values)> series) => new()
    {
        ["values"] = new JsonArray(
        [
            .. series.SelectMany(line => line.Values.Select((value, step) => new JsonObject { ["name"] = line.Name, ["r"] = Math.Round(factors[step], 4), ["value"] = Math.Round(value, 5) })),
        ]),
    };
}
