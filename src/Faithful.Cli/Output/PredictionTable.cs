using System.Globalization;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Output;

/// <summary>
/// Predictions for people, then what should be known about single crystals. Few models, each for another task, have a column each. Otherwise a crystal
/// has a row for each task: the joined answer, how sure it is, and what every model says.
/// </summary>
internal sealed class PredictionTable : IPredictionOutput
{
    private const int MostColumns = 5; // models side by side

    private readonly IReadOnlyList<CrystalPredictor> _predictors;
    private readonly TaskGroup[]? _groups;
    private readonly ResultTable _table;
    private readonly List<string> _warnings = [];
    private int _fallbacks;

    /// <summary>Starts the table.</summary>
    /// <param name="predictors">The models.</param>
    public PredictionTable(IReadOnlyList<CrystalPredictor> predictors)
    {
        _predictors = predictors;
        string[] names = PredictionLines.Names(predictors);
        int tasks = predictors.Select(predictor => predictor.Task.Name).Distinct().Count();
        if (tasks == predictors.Count && tasks <= MostColumns)
        {
            _table = new ResultTable(["crystal", "formula", .. predictors.Select(predictor => $"{predictor.Task.Name} ({predictor.Model})")]);
            return;
        }

        _groups = [.. predictors.Index().GroupBy(pair => pair.Item.Task.Name).Select(group => TaskGroup.Of(predictors, names, [.. group.Select(pair => pair.Index)]))];
        _table = new ResultTable("crystal", "formula", "task", "answer", "by", "models");
    }

    /// <inheritdoc/>
    public void Add(CrystalRecord record, IReadOnlyList<Prediction> predictions)
    {
        if (_groups is null)
        {
            _table.Add([record.Id, record.Crystal.ReducedFormula, .. predictions.Select((prediction, i) => Cell(prediction, _predictors[i].Task))]);
        }

        (string id, string formula) = (record.Id, record.Crystal.ReducedFormula);
        foreach (TaskGroup group in _groups ?? [])
        {
            _table.Add([id, formula, .. group.Cells(predictions)]);
            (id, formula) = ("", ""); // once a crystal is easier to read
        }

        _fallbacks += predictions.Any(prediction => prediction.IsFallback) ? 1 : 0;
        _warnings.AddRange(predictions.SelectMany(prediction => prediction.Warnings).Distinct().Select(warning => $"{record.Id}: {warning}"));
    }

    /// <summary>Writes the table on standard output and the warnings on standard error.</summary>
    /// <param name="context">The command.</param>
    /// <param name="maxWarnings">The number of warnings after which the rest is only counted.</param>
    public void Write(CommandContext context, int maxWarnings)
    {
        _table.Write(context);
        if (_fallbacks > 0)
        {
            context.Log("* the model cannot take this crystal: the majority class or the median of its training data stands for it");
        }

        foreach (string warning in _warnings.Take(maxWarnings))
        {
            context.Log($"warning: {warning}");
        }

        if (_warnings.Count > maxWarnings)
        {
            context.Log($"… and {_warnings.Count - maxWarnings} more warnings (--json has them all)");
        }
    }

    /// <summary>Writes an answer with how sure it is.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="task">Its task.</param>
    /// <returns>For example <c>LCEBR 0.97</c>, or <c>−1.230 ± 0.041 eV/atom</c>; a star marks a fallback.</returns>
    internal static string Cell(Prediction prediction, ModelTask task)
    {
        string mark = prediction.IsFallback ? " *" : "";
        string width = prediction.HalfWidth is double half ? string.Create(CultureInfo.InvariantCulture, $" ± {half:0.000}") : "";
        return prediction.Value is double value
            ? string.Create(CultureInfo.InvariantCulture, $"{value:0.000}{width} {task.Unit}{mark}")
            : string.Create(CultureInfo.InvariantCulture, $"{prediction.Class} {prediction.Confidence:0.00}{mark}");
    }
}
