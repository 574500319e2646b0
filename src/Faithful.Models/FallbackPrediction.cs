namespace Faithful.Models;

/// <summary>
/// What stands for a crystal that a model cannot take (too many atoms, say): the majority class or the median of the training
/// part, as Nop et al. 2025 define it.
/// </summary>
public sealed record FallbackPrediction
{
    /// <summary>Gets the frequency of each class in the training part, in class order; empty for a regression.</summary>
    public IReadOnlyList<double> ClassFrequencies { get; init; } = [];

    /// <summary>Gets the median of the training part in the task's unit; null for a classification.</summary>
    public double? Median { get; init; }

    /// <summary>Takes the fallback from the training part.</summary>
    /// <param name="task">The task.</param>
    /// <param name="targets">The class number or the value of each crystal of the training part, at least one.</param>
    /// <returns>The fallback.</returns>
    /// <exception cref="ArgumentException">There is no target.</exception>
    public static FallbackPrediction Of(ModelTask task, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
        {
            throw new ArgumentException("expected at least one target, found none", nameof(targets));
        }

        return task.Kind == TaskKind.Classification
            ? new FallbackPrediction { ClassFrequencies = Frequencies(targets, task.Classes.Count) }
            : new FallbackPrediction { Median = MedianOf(targets) };
    }

    /// <summary>Gets the fallback as a target.</summary>
    /// <returns>The number of the majority class, the first of equally common ones, or the median.</returns>
    public double Target()
    {
        double[] frequencies = [.. ClassFrequencies];
        return Median ?? Array.IndexOf(frequencies, frequencies.Max());
    }

    private static double[] Frequencies(IReadOnlyList<double> classes, int count)
    {
        var frequencies = new double[count];
        foreach (double c in classes)
        {
            frequencies[(int)c] += 1.0 / classes.Count;
        }

        return [.. frequencies.Select(frequency => Math.Round(frequency, 9))];
    }

    private static double MedianOf(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
