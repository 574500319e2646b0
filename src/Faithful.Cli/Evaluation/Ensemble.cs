using System.Collections.Immutable;
using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Models;

namespace Faithful.Cli.Evaluation;

/// <summary>
/// Several models of one task as one: the mean of their probabilities or of their values, each with the same weight. Holds the
/// sums and not the predictions, whatever the number of models.
/// </summary>
internal sealed class Ensemble
{
    /// <summary>The name of an ensemble among the models.</summary>
    public const string Name = "ensemble";

    private readonly ModelTask _task;
    private readonly string[] _ids;
    private readonly ImmutableArray<PackedRow> _rows;
    private readonly int[] _classes;
    private readonly EvaluationResult _first;
    private readonly List<string> _members = [];
    private readonly double[][] _sums;
    private readonly bool[] _isFallback;
    private string? _obstacle;

    /// <summary>Starts an ensemble.</summary>
    /// <param name="first">The first model; the others follow its order of classes.</param>
    public Ensemble(EvaluatedModel first)
    {
        _task = first.Card.Task;
        _rows = first.Rows.Rows;
        _ids = Ids(first);
        _classes = first.Classes;
        _first = first.Result;
        _sums = [.. _ids.Select(_ => new double[_task.OutputWidth])];
        _isFallback = new bool[_ids.Length];
        Add(first);
    }

    /// <summary>Gets why the models are no ensemble; null when they are one.</summary>
    public string? Obstacle => _obstacle ?? (_members.Count < 2 ? "only one model is for this task" : null);

    /// <summary>Adds a model.</summary>
    /// <param name="model">A model for the same task. When its crystals, classes or unit differ, there is no ensemble.</param>
    public void Add(EvaluatedModel model)
    {
        _obstacle ??= Difference(model);
        if (_obstacle is not null)
        {
            return;
        }

        _members.Add(RepositoryRoot.Display(model.Folder));
        int[] places = [.. _task.Classes.Select(name => model.Card.Task.Classes.Index().First(known => known.Item == name).Index)];
        for (int row = 0; row < _sums.Length; row++)
        {
            Prediction prediction = model.Predictions[row];
            _isFallback[row] |= prediction.IsFallback;
            for (int i = 0; i < _sums[row].Length; i++)
            {
                _sums[row][i] += prediction.Value ?? prediction.Probabilities[places[i]];
            }
        }
    }

    /// <summary>Measures the ensemble.</summary>
    /// <returns>
    /// The result; its fallbacks are the crystals that at least one model could not take, for which that model's fallback stands
    /// in the mean. Baselines are those of the first model.
    /// </returns>
    /// <exception cref="InvalidOperationException">The models are no ensemble.</exception>
    public EvaluationResult Measure() => Obstacle is string obstacle
        ? throw new InvalidOperationException(obstacle)
        : _first with
        {
            Model = Name,
            Members = [.. _members],
            Fallbacks = _isFallback.Count(isFallback => isFallback),
            Quality = _task.Kind == TaskKind.Classification
                ? Measurement.OfClasses(_classes, [.. _sums.Select(sums => Array.IndexOf(sums, sums.Max()))], _task.Classes.Count)
                : Measurement.OfValues([.. _rows.Select(row => row.Target.Value)], [.. _sums.Select(sums => sums[0] / _members.Count)]),
        };

    private static string[] Ids(EvaluatedModel model) => [.. model.Rows.Rows.Select(row => row.Labels.Id)];

    /// <summary>What keeps a model out; parts are in the order of the source, so the same crystals are the same list.</summary>
    private string? Difference(EvaluatedModel model)
    {
        ModelTask task = model.Card.Task;
        string what = task.Kind != _task.Kind ? "is another kind of task"
            : task.Unit != _task.Unit ? "has another unit"
            : !task.Classes.Order(StringComparer.Ordinal).SequenceEqual(_task.Classes.Order(StringComparer.Ordinal)) ? "has other classes"
            : !_ids.SequenceEqual(Ids(model)) ? "was measured on other crystals"
            : "";
        return what.Length == 0 ? null : $"{RepositoryRoot.Display(model.Folder)} {what} than {_members[0]}";
    }
}
