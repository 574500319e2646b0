using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>What a sweep makes as good as it can, measured on the validation part.</summary>
public sealed class SweepMetric
{
    private readonly SelectionMetric _metric;

    /// <summary>Chooses the metric.</summary>
    /// <param name="task">The task.</param>
    /// <param name="metric">What decides.</param>
    /// <exception cref="ArgumentException">Macro F1 is to decide, and the task has no classes.</exception>
    public SweepMetric(ModelTask task, SelectionMetric metric)
    {
        ArgumentNullException.ThrowIfNull(task);
        bool classifies = task.Kind == TaskKind.Classification;
        if (metric == SelectionMetric.MacroF1 && !classifies)
        {
            throw new ArgumentException($"Metric: expected Accuracy or Loss for the regression {task.Name}, found MacroF1");
        }

        _metric = metric;
        IsHigherBetter = metric != SelectionMetric.Loss && classifies;
        Unit = metric == SelectionMetric.Accuracy ? task.Unit : null;
        Name = metric switch
        {
            SelectionMetric.Loss => "loss",
            SelectionMetric.MacroF1 => "macro_f1",
            _ => classifies ? "accuracy" : "mae",
        };
    }

    /// <summary>Gets the name: accuracy, macro_f1, mae or loss.</summary>
    public string Name { get; }

    /// <summary>Gets the unit of a mean absolute error; null for other metrics.</summary>
    public string? Unit { get; }

    /// <summary>Gets whether more is better.</summary>
    public bool IsHigherBetter { get; }

    /// <summary>Says whether a value is better than another.</summary>
    /// <param name="value">The value; NaN is never better.</param>
    /// <param name="other">The other.</param>
    /// <returns>True when it is better, not when it is as good.</returns>
    public bool IsBetter(double value, double other) => IsHigherBetter ? value > other : value < other;

    /// <summary>Gets what a tuner makes small.</summary>
    /// <param name="value">A value of the metric.</param>
    /// <returns>1 − value where more is better, else the value.</returns>
    public double Loss(double value) => IsHigherBetter ? 1 - value : value;

    /// <summary>Picks the metric of the sweep.</summary>
    internal double Of(double metric, double? macroF1, double loss) => _metric switch
    {
        SelectionMetric.Loss => loss,
        SelectionMetric.MacroF1 => macroF1!.Value,
        _ => metric,
    };

    /// <summary>Gets the best of some values.</summary>
    internal double Best(IEnumerable<double> values) => IsHigherBetter ? values.Max() : values.Min();
}
