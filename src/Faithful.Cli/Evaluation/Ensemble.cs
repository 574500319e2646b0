using System.Collections.Immutable;
using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;

namespace Faithful.Cli.Evaluation;

/// <summary>
/// Several models of one task as one: the mean of their probabilities or of their values, each with the same weight, over those that can take
/// a crystal. Holds the sums and not the predictions, whatever the number of models.
/// </summary>
internal sealed class Ensemble
{
    private readonly ModelTask _task;
    private readonly string[] _ids;
    private readonly ImmutableArray<PackedRow> _rows;
    private readonly int[] _classes;
    private readonly EvaluationResult _first;
    private readonly List<string> _members = [];
    private readonly double[][] _sums;
    private readonly double[][] _fallbackSums;
    private readonly int[] _answers;
    private string? _obstacle;

    /// <summary>Starts an ensemble.</summary>
    /// <param name="first">The first model; the others follow its order of classes.</param>
    public Ensemble(EvaluatedModel first)
    {
        _task = first.Task;
        _rows = first.Rows.Rows;
        _ids = Ids(first);
        _classes = first.Classes;
        _first = first.Result;
        _sums = [.. _ids.Select(_ => new double[_task.OutputWidth])];
        _fallbackSums = [.. _ids.Select(_ => new double[_task.OutputWidth])];
        _answers = new int[_ids.Length];
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
        int[] places = [.. _task.Classes.Select(name => model.Task.Classes.Index().First(known => known.Item == name).Index)];
        for (int row = 0; row < _sums.Length; row++)
        {
            Prediction prediction = model.Predictions[row];
            double[] sums = prediction.IsFallback ? _fallbackSums[row] : _sums[row];
            _answers[row] += prediction.IsFallback ? 0 : 1;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += prediction.Value ?? prediction.Probabilities[places[i]];
            }
        }
    }

    /// <summary>Measures the ensemble.</summary>
    /// <returns>
    /// The result; its fallbacks are the crystals that no model could take, for which the mean of their fallbacks stands. Baselines are those of
    /// the first model.
    /// </returns>
    /// <exception cref="InvalidOperationException">The models are no ensemble.</exception>
    public EvaluationResult Measure()
    {
        if (Obstacle is string obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }

        double[][] means = [.. _sums.Select((sums, row) => Mean(row, sums))];
        bool isClassification = _task.Kind == TaskKind.Classification;
        double[] answered = [.. means.Select(mean => isClassification ? Array.IndexOf(mean, mean.Max()) : mean[0])];
        return _first with
        {
            Model = EnsembleCard.ModelName,
            Folder = null,
            Members = [.. _members],
            Fallbacks = _answers.Count(count => count == 0),
            Quality = isClassification
                ? Measurement.OfProbabilities(_classes, means, [.. answered.Select(answer => (int)answer)])
                : Measurement.OfValues([.. _rows.Select(row => row.Target.Value)], answered),
            Answers = _first.Answers is EvaluationAnswers answers ? answers with { Answered = answered, Probabilities = isClassification ? means : [] } : null,
        };
    }

    private double[] Mean(int row, double[] sums) => _answers[row] > 0
        ? [.. sums.Select(sum => sum / _answers[row])]
        : [.. _fallbackSums[row].Select(sum => sum / _members.Count)];

    private static string[] Ids(EvaluatedModel model) => [.. model.Rows.Rows.Select(row => row.Labels.Id)];

    /// <summary>What keeps a model out; parts are in the order of the source, so the same crystals are the same list.</summary>
    private string? Difference(EvaluatedModel model)
    {
        string? what = EnsembleFolder.Difference(_task, model.Task)
            ?? (_ids.SequenceEqual(Ids(model)) ? null : "was measured on other crystals");
        return what is null ? null : $"{RepositoryRoot.Display(model.Folder)} {what} than {_members[0]}";
    }
}
