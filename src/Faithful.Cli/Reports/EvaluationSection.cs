using System.Globalization;
using Faithful.Cli.Evaluation;
using Faithful.Models.Metrics;

namespace Faithful.Cli.Reports;

/// <summary>The section of one model, or of one ensemble, in the report of an evaluation.</summary>
internal static class EvaluationSection
{
    private const int Listed = 15; // rows of a list of the worst

    /// <summary>Adds the section.</summary>
    /// <param name="page">The page.</param>
    /// <param name="evaluation">What it shows.</param>
    public static void Add(ReportPage page, ReportedEvaluation evaluation)
    {
        (EvaluationResult result, EvaluationDetails details, _) = evaluation;
        page.AddHeading($"{result.Task}: {EvaluationTable.Predictor(result)}{(result.Folder is string folder ? $" ({folder})" : "")}");
        if (result.Members.Count > 0)
        {
            page.AddText($"Its members: {string.Join(", ", result.Members)}.");
        }

        if (details.Answers.IsClassification)
        {
            AddClasses(page, details.Answers, details);
            page.AddChart(
                "Reliability: how often the predicted class is right, by the probability that the model gives it, with 95 % intervals; on the dashed line " +
                "probabilities are honest. Bars: the share of the crystals in each bin.",
                ReliabilityChart.Create(details.Reliability));
            AddMistakes(page, details.Answers);
        }
        else
        {
            page.AddChart(
                "Predicted against true values; the colour counts the crystals in each square.",
                ParityChart.Create(details.Answers.Truth, details.Answers.Answered, result.Unit));
            AddErrors(page, details.Answers);
        }

        ElementSection.Add(page, result, details);
        string quality = details.Answers.IsClassification ? "accuracy" : $"mean absolute error{(result.Unit is null ? "" : $" ({result.Unit})")}";
        AddBreakdown("Crystals by how many crystals of the training part contain their rarest element", "training crystals", details.ByRarestElement);
        AddBreakdown("Crystals by their system", "crystal system", details.ByCrystalSystem);
        AddBreakdown("Crystals by the atoms of their cell", "atoms", details.ByAtoms);
        AddLearningCurve(page, evaluation, quality);

        void AddBreakdown(string caption, string kind, IReadOnlyList<BreakdownGroup> groups)
        {
            if (groups.Count > 0)
            {
                bool isClassification = details.Answers.IsClassification;
                page.AddChart(
                    $"{caption}: {quality} with its 95 % interval{(isClassification ? ", and that of the baseline" : "")}.",
                    BreakdownChart.Create(groups, kind, quality, isClassification));
            }
        }
    }

    private static void AddClasses(ReportPage page, EvaluationAnswers answers, EvaluationDetails details)
    {
        IReadOnlyList<string> classes = answers.Task.Classes;
        if (classes.Count <= ConfusionChart.MostClasses)
        {
            page.AddChart(
                "Confusion matrix: crystals by true and predicted class. The colour is the share of the true class.",
                ConfusionChart.Create(classes, details.Confusion));
        }
        else
        {
            page.AddTable(
                ["true class", "predicted class", "crystals", "of the true class"],
                [
                    .. Enumerable.Range(0, classes.Count)
                        .SelectMany(truth => Enumerable.Range(0, classes.Count).Select(answered => (Truth: truth, Answered: answered, Count: details.Confusion[truth, answered])))
                        .Where(cell => cell.Truth != cell.Answered && cell.Count > 0)
                        .OrderByDescending(cell => cell.Count)
                        .Take(Listed)
                        .Select(cell => (string[])[classes[cell.Truth], classes[cell.Answered], Whole(cell.Count), Whole(details.Classes[cell.Truth].Support)]),
                ],
                "The most frequent mistakes");
        }

        (string Name, ClassMetrics Metrics)[] rows = [.. classes.Zip(details.Classes).Where(row => row.Second.Support + row.Second.Predicted > 0)];
        page.AddTable(
            ["class", "crystals", "predicted", "precision", "recall", "F1"],
            [
                .. rows.OrderByDescending(row => classes.Count > ConfusionChart.MostClasses ? row.Metrics.Support : 0).Take(ConfusionChart.MostClasses)
                    .Select(row => (string[])
                    [
                        row.Name, Whole(row.Metrics.Support), Whole(row.Metrics.Predicted),
                        Share(row.Metrics.Precision), Share(row.Metrics.Recall), Share(row.Metrics.F1),
                    ]),
            ],
            rows.Length > ConfusionChart.MostClasses ? $"The {ConfusionChart.MostClasses} most frequent classes of {rows.Length}" : "By class");
    }

    private static void AddMistakes(ReportPage page, EvaluationAnswers answers)
    {
        int[] rows =
        [
            .. Enumerable.Range(0, answers.Truth.Count).Where(row => answers.Truth[row] != answers.Answered[row])
                .OrderByDescending(row => answers.Probabilities[row][(int)answers.Answered[row]]).Take(Listed),
        ];
        if (rows.Length > 0)
        {
            page.AddTable(
                ["id", "formula", "label", "prediction", "probability"],
                [.. rows.Select(row => Cells(row, Name(answers.Truth[row]), Name(answers.Answered[row]), Share(answers.Probabilities[row][(int)answers.Answered[row]])))],
                "The mistakes that the model is surest of");
        }

        string Name(double index) => answers.Task.Classes[(int)index];

        string[] Cells(int row, params string[] cells) => [answers.Crystals[row].Id, answers.Crystals[row].Formula, .. cells];
    }

    private static void AddErrors(ReportPage page, EvaluationAnswers answers) => page.AddTable(
        ["id", "formula", "label", "prediction", "error"],
        [
            .. Enumerable.Range(0, answers.Truth.Count)
                .OrderByDescending(row => Math.Abs(answers.Answered[row] - answers.Truth[row])).Take(Listed)
                .Select(row => (string[])
                [
                    answers.Crystals[row].Id, answers.Crystals[row].Formula,
                    Share(answers.Truth[row]), Share(answers.Answered[row]), Share(answers.Answered[row] - answers.Truth[row]),
                ]),
        ],
        "The largest errors");

    private static void AddLearningCurve(ReportPage page, ReportedEvaluation evaluation, string quality)
    {
        if (evaluation.Epochs.Count > 0)
        {
            page.AddChart(
                "Learning curve: the loss of the training part and that of the validation part; the dashed line is the epoch that was taken.",
                LearningCurveChart.Losses(evaluation.Epochs));
            page.AddChart("Learning curve: the metric on the validation part.", LearningCurveChart.Metric(evaluation.Epochs, quality));
        }
    }

    private static string Whole(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double number) => double.IsNaN(number) ? "–" : number.ToString("0.000", CultureInfo.InvariantCulture);
}
