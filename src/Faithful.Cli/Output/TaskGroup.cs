using System.Globalization;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Output;

/// <summary>The models of one task in a table of predictions, and how they are shown as one.</summary>
internal sealed class TaskGroup
{
    private readonly ModelTask _task;
    private readonly int[] _models;
    private readonly string[] _names;
    private readonly int? _leading;
    private readonly EnsembleAnswers? _mean;

    private TaskGroup(ModelTask task, int[] models, string[] names, int? leading, EnsembleAnswers? mean) =>
        (_task, _models, _names, _leading, _mean) = (task, models, names, leading, mean);

    /// <summary>Groups models of one task.</summary>
    /// <param name="predictors">All models.</param>
    /// <param name="names">Their names.</param>
    /// <param name="places">The places of those of the group.</param>
    /// <returns>
    /// The group. An ensemble among them speaks for it; otherwise the plain mean, where the classes are the same, and else the first model.
    /// </returns>
    public static TaskGroup Of(IReadOnlyList<CrystalPredictor> predictors, string[] names, int[] places)
    {
        CrystalPredictor first = predictors[places[0]];
        int[] ensembles = [.. places.Where(place => predictors[place].Ensemble is not null)];
        if (ensembles is [int leading, ..])
        {
            return new TaskGroup(predictors[leading].Task, [.. places.Where(place => place != leading)], names, leading, null);
        }

        bool areAlike = places.All(place => EnsembleFolder.Difference(first.Task, predictors[place].Task) is null);
        return areAlike && places.Length > 1
            ? new TaskGroup(
                first.Task, places, names, null, EnsembleAnswers.Mean(first.Task, [.. places.Select(place => predictors[place].Task)], [.. places.Select(place => predictors[place].Folder)]))
            : new TaskGroup(first.Task, places[1..], names, places[0], null);
    }

    /// <summary>Gets the cells of a row, from the task on.</summary>
    /// <param name="predictions">The prediction of every model.</param>
    /// <returns>Task, answer, whose it is, and what the models of the group say.</returns>
    public string[] Cells(IReadOnlyList<Prediction> predictions)
    {
        Prediction[] own = [.. _models.Select(place => predictions[place])];
        Prediction answer = _leading is int leading ? predictions[leading] : _mean!.Join(own);
        string by = _leading is int place ? _names[place] : string.Create(CultureInfo.InvariantCulture, $"mean of {own.Length}");
        return [_task.Name, PredictionTable.Cell(answer, _task), by, string.Join(", ", own.Zip(_models, (prediction, model) => Say(prediction, answer, _names[model])))];
    }

    /// <summary>What a model says; its class only where it is another.</summary>
    private string Say(Prediction prediction, Prediction answer, string name)
    {
        string mark = prediction.IsFallback ? " *" : "";
        string suffix = $"-{_task.Name}";
        name = name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length ? name[..^suffix.Length] : name;
        return prediction.Value is double value ? string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.000}{mark}")
            : prediction.Class == answer.Class ? string.Create(CultureInfo.InvariantCulture, $"{name} {prediction.Confidence:0.00}{mark}")
            : string.Create(CultureInfo.InvariantCulture, $"{name} {prediction.Class} {prediction.Confidence:0.00}{mark}");
    }
}
