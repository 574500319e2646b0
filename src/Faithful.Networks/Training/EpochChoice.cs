using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>Which epoch's weights are kept, and when further epochs are in vain.</summary>
public sealed class EpochChoice
{
    private readonly Func<EpochMeasurement, double> _quality; // more is better
    private readonly int _patience;

    /// <summary>Initialises the choice.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">What decides, and the patience.</param>
    /// <exception cref="ArgumentException">Macro F1 is to decide, and the task has no classes.</exception>
    public EpochChoice(ModelTask task, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        bool classifies = task.Kind == TaskKind.Classification;
        _patience = options.Patience;
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
