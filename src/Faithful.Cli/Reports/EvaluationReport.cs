using System.Globalization;
using Faithful.Cli.Evaluation;

namespace Faithful.Cli.Reports;

/// <summary>The page of <c>evaluate --report</c>: a summary of all models, then a section for each.</summary>
internal static class EvaluationReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The name of the data.</param>
    /// <param name="evaluations">The evaluations, at least one.</param>
    public static void Write(string path, string data, IReadOnlyList<ReportedEvaluation> evaluations)
    {
        var page = new ReportPage($"Evaluation on {data}");
        EvaluationResult[] results = [.. evaluations.Select(evaluation => evaluation.Result)];
        string[] parts = [.. results.Select(Crystals).Distinct()];
        page.AddText($"Measured on {string.Join(" and on ", parts)}. Brackets hold 95 % intervals; crystals that a model cannot take count with its fallback.");
        foreach (EvaluationTable table in EvaluationTable.Of(results))
        {
            // Models for one task have the same baselines, each of which one row shows.
            page.AddTable([.. table.Headings.Select(heading => heading.TrimEnd('>'))], [.. table.Rows.DistinctBy(row => string.Join('\t', row))]);
        }

        foreach (ReportedEvaluation evaluation in evaluations)
        {
            EvaluationSection.Add(page, evaluation);
        }

        page.Write(path);
    }

    private static string Crystals(EvaluationResult result)
    {
        string count = result.Count.ToString("N0", CultureInfo.InvariantCulture);
        return result.Part == DataPart.All ? $"all {count} crystals" : $"the {count} crystals of the {EvaluationRows.Name(result.Part)} part";
    }
}
