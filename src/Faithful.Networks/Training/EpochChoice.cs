using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>Which epoch's weights are kept, and when further epochs are in vain.</summary>
public sealed class EpochChoice
{
    private readonly Func<EpochMeasurement, double> _quality; // more is better
    private readonly int _patience;
    private readonly double _goal; // an accuracy; 0 for none

    /// <summary>Initialises the choice.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">What decides, and the patience.</param>
    /// <exception cref="ArgumentException">Macro F1 is to decide, or an accuracy to be reached, and the task has no classes.</exception>
    public EpochChoice(ModelTask task, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        bool classifies = task.Kind == TaskKind.Classification;
        _patience = options.Patience;
        _goal = classifies || options.AccuracyToReach == 0
            ? options.AccuracyToReach
            : throw new ArgumentException($"AccuracyToReach: expected 0 for the regression {task.Name}, which has no accuracy, found {options.AccuracyToReach}");
        _quality = options.MetricForBest switch
        {
            SelectionMetric.Loss => measurement => -measurement.ValidationLoss,
            SelectionMetric.MacroF1 when classifies => measurement => measurement.ValidationMacroF1!.Value,
            SelectionMetric.MacroF1 => throw new ArgumentException($"MetricForBest: expected Accuracy or Loss for the regression {task.Name}, found MacroF1"),
            _ => measurement => classifies ? measurement.ValidationMetric : -measurement.ValidationMetric,
        };
    }

    /// <summary>Says whether an epoch is better than all before it.</summary>
    /// <param name="measurement">The epoch.</param>
    /// <param name="earlier">The epochs before it.</param>
    /// <returns>True for the first epoch, and for a better one; not for one just as good.</returns>
    public bool IsBest(EpochMeasurement measurement, IEnumerable<EpochMeasurement> earlier) =>
        earlier.All(other => _quality(measurement) > _quality(other));

    /// <summary>Says whether the accuracy that was to be reached has been reached.</summary>
    /// <param name="measurements">The epochs so far.</param>
    /// <returns>False where there is no such goal.</returns>
    public bool HasReachedGoal(IReadOnlyList<EpochMeasurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        return _goal > 0 && measurements.Any(measurement => measurement.ValidationMetric >= _goal);
    }

    /// <summary>Says whether further epochs are in vain, or not needed.</summary>
    /// <param name="measurements">The epochs so far.</param>
    /// <returns>True when training is to end.</returns>
    public bool IsEnough(IReadOnlyList<EpochMeasurement> measurements) => HasRunOut(measurements) || HasReachedGoal(measurements);

    /// <summary>Says whether epochs have got no better for as long as the patience lasts.</summary>
    /// <param name="measurements">The epochs so far.</param>
    /// <returns>True when training is to end.</returns>
    public bool HasRunOut(IReadOnlyList<EpochMeasurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        return _patience > 0 && measurements.LastOrDefault(measurement => measurement.IsBest) is EpochMeasurement best
            && measurements.Count - best.Epoch >= _patience;
    }
}
