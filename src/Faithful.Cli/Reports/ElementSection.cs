using System.Globalization;
using Faithful.Cli.Evaluation;

namespace Faithful.Cli.Reports;

/// <summary>What a report says of the elements: the periodic table, and which of them are harder than the rest.</summary>
internal static class ElementSection
{
    private const int FewestCrystals = 20; // for an element to be called hard
    private const int Listed = 12;

    /// <summary>Adds the section.</summary>
    /// <param name="page">The page.</param>
    /// <param name="result">The evaluation.</param>
    /// <param name="details">Its details.</param>
    public static void Add(ReportPage page, EvaluationResult result, EvaluationDetails details)
    {
        (bool isClassification, IReadOnlyList<BreakdownGroup> elements) = (details.Answers.IsClassification, details.ByElement);
        page.AddChart(
            "Errors over the periodic table, of the crystals that contain an element; " +
            $"elements in fewer than {PeriodicTableChart.FewestCrystals} crystals have no colour.",
            PeriodicTableChart.Create(elements, isClassification, result.Unit));
        BreakdownGroup[] hardest =
        [
            .. elements.Where(group => group.Count >= FewestCrystals).OrderBy(group => isClassification ? group.Quality : -group.Quality),
        ];
        if (hardest.Length == 0)
        {
            return;
        }

        string metric = isClassification ? "accuracy" : "mean absolute error";
        double all = result.Quality.Metrics[isClassification ? "accuracy" : "mae"];
        string[] hard = [.. hardest.Where(group => isClassification ? group.Interval.High < all : group.Interval.Low > all).Select(group => group.Name)];
        string names = hard.Length == 0 ? "" : $": {string.Join(", ", hard)}";
        page.AddText(string.Create(
            CultureInfo.InvariantCulture,
            $"Of {hardest.Length} elements in at least {FewestCrystals} crystals, {hard.Length} have a whole interval that is worse than the {metric} over all crystals, " +
            $"{all:0.000}{names}. By chance alone about {0.025 * hardest.Length:0} would."));
        bool isTrained = hardest[0].Training is not null;
        page.AddTable(
            ["element", "crystals", .. isTrained ? (string[])["training crystals"] : [], $"{metric} (95 %)", "baseline"],
            [
                .. hardest.Take(Listed).Select(group => (string[])
                [
                    group.Name,
                    group.Count.ToString("N0", CultureInfo.InvariantCulture),
                    .. isTrained ? (string[])[group.Training!.Value.ToString("N0", CultureInfo.InvariantCulture)] : [],
                    string.Create(CultureInfo.InvariantCulture, $"{group.Quality:0.000} ({group.Interval.Low:0.000}–{group.Interval.High:0.000})"),
                    group.Baseline.ToString("0.000", CultureInfo.InvariantCulture),
                ]),
            ],
            "The hardest elements");
    }
}
