using System.Text.Json.Nodes;
using Faithful.Cli.Reports;

namespace Faithful.Cli.Filtration;

/// <summary>What a filtration found as a page.</summary>
internal static class FiltrationReport
{
    private const int ListLength = 100, Frequencies = 20, Examined = 50;

    /// <summary>Writes the page.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="result">What was found.</param>
    public static void Write(string path, FiltrationResult result)
    {
        var text = new FiltrationText(result);
        var page = new ReportPage($"Doubtful labels of {result.Plan.Data}: {result.Plan.Task.Name}");
        foreach (string sentence in text.Summary())
        {
            page.AddText(sentence);
        }

        if (result.Recall.Count > 0)
        {
            page.AddHeading("Planted wrong labels");
            page.AddText(
                "Some crystals got the label of another class, drawn in proportion to the classes, before the networks were trained. How many of them a list holds tells " +
                "how many wrong labels of this kind it would find. The rates are bounds, because other entries of the list may be wrong as well.");
            page.AddChart("Planted wrong labels found, by the length of the list; the band is the 95 % interval.", RecallChart(result));
            page.AddTable(FiltrationText.RecallHeaders, text.Recall());
        }

        page.AddHeading("The list");
        page.AddTable(text.ListHeaders, text.List(ListLength), $"The most doubtful {Math.Min(ListLength, result.Missed.Length)} of {result.Missed.Length} entries; beside each network's vote the probability that it gives it. Suspicion is 1 − the mean probability of the label.");
        page.AddTable(["rank", "entry", "other entries of the formula", "same prototype, nearest elements"], Surroundings(result), "Duplicates and neighbours of the first entries, with the labels that the catalogue gives them.");
        page.AddHeading("What is listed");
        page.AddTable(["element", "listed", "in the catalogue", "times as frequent as there"], FiltrationText.Frequencies(result.Elements, Frequencies), "Elements");
        page.AddTable(["formula", "listed", "in the catalogue", "times as frequent as there"], FiltrationText.Frequencies(result.Families, Frequencies), "Formulas with letters for elements: AB3 stands for 1:3, AB5 for 1:5");
        if (result.PaperFindings.Length > 0)
        {
            page.AddHeading("The materials that the paper names");
            page.AddTable(FiltrationText.PaperHeaders, text.Paper(), "Nop et al., npj Comput. Mater. 2025, DOI 10.1038/s41524-025-01655-w. A rank is the place among all crystals, the most doubtful first.");
        }

        page.Write(path);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Surroundings(FiltrationResult result) =>
    [
        .. result.Missed.Take(Examined).Select((suspect, index) =>
        {
            CatalogueEntry entry = result.Catalogue.Entries[suspect.Row];
            return (string[])
            [
                FormattableString.Invariant($"{index + 1}"),
                FiltrationListFile.Describe(result, entry),
                string.Join("; ", result.Catalogue.Duplicates(entry).Select(other => FiltrationListFile.Describe(result, other))),
                string.Join("; ", result.Catalogue.Neighbors(entry, FiltrationResult.NeighborCount).Select(other => FiltrationListFile.Describe(result, other))),
            ];
        }),
    ];

    private static JsonObject RecallChart(FiltrationResult result) => new()
    {
        ["data"] = new JsonObject
        {
            ["values"] = new JsonArray(
            [
                .. result.Recall.Select(point => new JsonObject
                {
                    ["length"] = point.Length,
                    ["recall"] = point.Recall,
                    ["low"] = point.Interval.Low,
                    ["high"] = point.Interval.High,
                }),
            ]),
        },
        ["height"] = 260,
        ["encoding"] = new JsonObject
        {
            ["x"] = new JsonObject { ["field"] = "length", ["type"] = "quantitative", ["scale"] = new JsonObject { ["type"] = "log" }, ["title"] = "length of the list" },
        },
        ["layer"] = new JsonArray(
            new JsonObject
            {
                ["mark"] = new JsonObject { ["type"] = "area", ["opacity"] = 0.2 },
                ["encoding"] = new JsonObject
                {
                    ["y"] = new JsonObject { ["field"] = "low", ["type"] = "quantitative", ["title"] = "planted labels found" },
                    ["y2"] = new JsonObject { ["field"] = "high" },
                },
            },
            new JsonObject
            {
                ["mark"] = new JsonObject { ["type"] = "line", ["point"] = true },
                ["encoding"] = new JsonObject { ["y"] = new JsonObject { ["field"] = "recall", ["type"] = "quantitative" } },
            }),
    };
}
