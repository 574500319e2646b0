using System.Globalization;
using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Cli.Output;

/// <summary>Predictions for people: one row a crystal, one column a model, then what should be known about single rows.</summary>
internal sealed class PredictionTable
{
    private readonly ModelCard[] _cards;
    private readonly ResultTable _table;
    private readonly List<string> _warnings = [];
    private int _fallbacks;

    /// <summary>Starts the table.</summary>
    /// <param name="cards">The cards of the models, one a column.</param>
    public PredictionTable(IEnumerable<ModelCard> cards)
    {
        _cards = [.. cards];
        _table = new ResultTable(["crystal", "formula", .. _cards.Select(card => $"{card.Task.Name} ({card.Model})")]);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="record">The crystal.</param>
    /// <param name="predictions">The predictions in the order of the cards.</param>
    public void Add(CrystalRecord record, IReadOnlyList<Prediction> predictions)
    {
        _table.Add([record.Id, record.Crystal.ReducedFormula, .. predictions.Select((prediction, i) => Cell(prediction, _cards[i].Task))]);
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

    private static string Cell(Prediction prediction, ModelTask task)
    {
        string mark = prediction.IsFallback ? " *" : "";
        return prediction.Value is double value
            ? string.Create(CultureInfo.InvariantCulture, $"{value:0.000} {task.Unit}{mark}")
            : string.Create(CultureInfo.InvariantCulture, $"{prediction.Class} {prediction.Confidence:0.00}{mark}");
    }
}
