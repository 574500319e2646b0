using System.Globalization;
using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Serving;

/// <summary>Makes one prediction of those of the members of an ensemble.</summary>
public sealed class EnsembleAnswers
{
    private readonly ModelTask _task;
    private readonly EnsembleRule _rule;
    private readonly ModelCalibration?[] _memberCalibrations;
    private readonly ModelCalibration? _calibration;
    private readonly string[] _names;
    private readonly int[][] _places;

    /// <summary>Initialises the joining of an ensemble.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="cards">The cards of its members, whose tasks fit that of the ensemble.</param>
    /// <param name="appliesCalibration">Whether calibrations that the ensemble holds are applied.</param>
    public EnsembleAnswers(EnsembleCard ensemble, IReadOnlyList<ModelCard> cards, bool appliesCalibration = true)
        : this(
            Checked(ensemble).Task,
            new EnsembleRule(ensemble.Task.Kind, ensemble.Method, ensemble.Weights, ensemble.Biases),
            [.. ensemble.Members.Select(member => Name(member.Folder))],
            [.. cards.Select(card => card.Task)])
    {
        if (appliesCalibration)
        {
            _memberCalibrations = [.. ensemble.Members.Zip(cards, (member, card) => card.Calibration is null ? member.Calibration : null)];
            _calibration = ensemble.Calibration;
        }
    }

    private EnsembleAnswers(ModelTask task, EnsembleRule rule, string[] names, IReadOnlyList<ModelTask> tasks)
    {
        (_task, _rule, _names) = (task, rule, names);
        _places = [.. tasks.Select(member => Places(task, member))];
        _memberCalibrations = new ModelCalibration?[tasks.Count];
    }

    /// <summary>Makes the plain mean of models.</summary>
    /// <param name="task">The task, whose order of classes the joined prediction has.</param>
    /// <param name="tasks">The tasks of the models, at least one, with the same classes in any order.</param>
    /// <param name="folders">Their folders.</param>
    /// <returns>The joining.</returns>
    public static EnsembleAnswers Mean(ModelTask task, IReadOnlyList<ModelTask> tasks, IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(folders);
        return new EnsembleAnswers(task, EnsembleRule.Mean(task.Kind, tasks.Count), [.. folders.Select(Name)], tasks);
    }

    /// <summary>Gets the answers of the members for one crystal, as the rule of an ensemble takes them.</summary>
    /// <param name="predictions">The prediction of each member.</param>
    /// <returns>Probabilities in the order of the ensemble's classes, or a list of one value; null for members that cannot take the crystal.</returns>
    public double[]?[] Answers(IReadOnlyList<Prediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return [.. predictions.Select((prediction, member) => prediction.IsFallback ? null : Answer(prediction, member))];
    }

    /// <summary>Joins the predictions of the members for one crystal.</summary>
    /// <param name="predictions">The prediction of each member.</param>
    /// <returns>The joined prediction; a fallback only when every member takes it.</returns>
    public Prediction Join(IReadOnlyList<Prediction> predictions)
    {
        double[]?[] answers = Answers(predictions);
        double[][] given = [.. answers.OfType<double[]>()];
        if (given.Length == 0)
        {
            double[][] fallbacks = [.. predictions.Select(Answer)];
            double[] mean = [.. Enumerable.Range(0, fallbacks[0].Length).Select(index => fallbacks.Average(answer => answer[index]))];
            return Make(predictions[0].Id, mean, Warnings(predictions)) with { IsFallback = true };
        }

        double[] joined = _rule.Join(answers);
        double[] shown = _calibration is { Method: CalibrationMethod.Temperature } temperature ? TemperatureScaling.Apply(joined, temperature.Value) : joined;
        bool isCalibrated = _calibration is not null;
        return Make(predictions[0].Id, shown, Warnings(predictions), Largest(joined)) with
        {
            IsCalibrated = isCalibrated,
            HalfWidth = _task.Kind == TaskKind.Regression ? _calibration?.Value : null,
            Coverage = _task.Kind == TaskKind.Regression ? _calibration?.Coverage : null,
            Disagreement = EnsembleRule.Disagreement(_task.Kind, given),
        };
    }

    private static EnsembleCard Checked(EnsembleCard? ensemble) => ensemble ?? throw new ArgumentNullException(nameof(ensemble));

    private static string Name(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    private static int[] Places(ModelTask task, ModelTask member)
    {
        string[] known = [.. member.Classes];
        return [.. task.Classes.Select(name => Array.IndexOf(known, name))];
    }

    private static int Largest(double[] numbers) => Array.IndexOf(numbers, numbers.Max());

    private double[] Answer(Prediction prediction, int member)
    {
        if (prediction.Value is double value)
        {
            return [value];
        }

        double[] probabilities = [.. _places[member].Select(place => prediction.Probabilities[place])];
        return _memberCalibrations[member] is ModelCalibration calibration && !prediction.IsFallback
            ? TemperatureScaling.Apply(probabilities, calibration.Value)
            : probabilities;
    }

    private Prediction Make(string id, double[] numbers, string[] warnings, int? best = null)
    {
        bool isClassification = _task.Kind == TaskKind.Classification;
        int place = best ?? Largest(numbers);
        return new Prediction
        {
            Id = id,
            Task = _task.Name,
            Model = EnsembleCard.ModelName,
            Class = isClassification ? _task.Classes[place] : null,
            Probabilities = isClassification ? numbers : [],
            Confidence = isClassification ? numbers[place] : null,
            Value = isClassification ? null : numbers[0],
            Warnings = warnings,
        };
    }

    /// <summary>What members say of the crystal once, and which of them cannot take it.</summary>
    private string[] Warnings(IReadOnlyList<Prediction> predictions)
    {
        string[] missing = [.. predictions.Index().Where(pair => pair.Item.IsFallback).Select(pair => _names[pair.Index])];
        IEnumerable<string> others = predictions.SelectMany(prediction => prediction.IsFallback ? prediction.Warnings.Skip(1) : prediction.Warnings).Distinct();
        if (missing.Length == 0)
        {
            return [.. others];
        }

        string reason = predictions.First(prediction => prediction.IsFallback).Warnings[0];
        return missing.Length == predictions.Count
            ? [reason, .. others]
            : [
                string.Create(CultureInfo.InvariantCulture, $"{missing.Length} of {predictions.Count} members cannot take the crystal, the others answer: ")
                    + $"{string.Join(", ", missing)} ({reason.Replace("fallback: ", "", StringComparison.Ordinal)})",
                .. others,
            ];
    }
}
