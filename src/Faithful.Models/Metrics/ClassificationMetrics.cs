namespace Faithful.Models.Metrics;

/// <summary>Quality of a classification, from the pairs (true class, predicted class).</summary>
public sealed class ClassificationMetrics
{
    private readonly int[] _truth;
    private readonly int[] _predicted;
    private readonly int _classes;

    /// <summary>Measures predictions against the truth.</summary>
    /// <param name="truth">The true class of each crystal, 0..classes − 1.</param>
    /// <param name="predicted">The predicted class of each crystal, 0..classes − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">The lists are empty, differ in length, or hold a class out of range.</exception>
    public ClassificationMetrics(IReadOnlyList<int> truth, IReadOnlyList<int> predicted, int classes)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        if (truth.Count == 0 || truth.Count != predicted.Count)
        {
            throw new ArgumentException($"expected as many predictions as crystals, at least one; found {predicted.Count} for {truth.Count}");
        }

        if (truth.Concat(predicted).FirstOrDefault(c => c < 0 || c >= classes, 0) is var outside && (outside < 0 || outside >= classes))
        {
            throw new ArgumentException($"expected classes 0..{classes - 1}, found {outside}");
        }

        _truth = [.. truth];
        _predicted = [.. predicted];
        _classes = classes;
        Accuracy = AccuracyOf(Enumerable.Range(0, _truth.Length).ToArray());
        MacroF1 = MacroF1Of(Enumerable.Range(0, _truth.Length).ToArray());
    }

    /// <summary>Gets the fraction of crystals whose class is right, 0..1.</summary>
    public double Accuracy { get; }

    /// <summary>
    /// Gets the mean over the classes of F1 = 2 TP / (2 TP + FP + FN), 0..1. Classes that neither occur nor are predicted do
    /// not count.
    /// </summary>
    public double MacroF1 { get; }

    /// <summary>Gets the number of crystals.</summary>
    public int Count => _truth.Length;

    /// <summary>Gets the confusion matrix: rows are true classes, columns predicted ones, entries crystals.</summary>
    /// <returns>A square matrix of the number of classes.</returns>
    public int[,] ConfusionMatrix()
    {
        var matrix = new int[_classes, _classes];
        for (int i = 0; i < _truth.Length; i++)
        {
            matrix[_truth[i], _predicted[i]]++;
        }

        return matrix;
    }

    /// <summary>Gets the quality of each class.</summary>
    /// <returns>One entry a class, in their order.</returns>
    public IReadOnlyList<ClassMetrics> PerClass()
    {
        int[,] matrix = ConfusionMatrix();
        IEnumerable<int> classes = Enumerable.Range(0, _classes);
        return [.. classes.Select(c => new ClassMetrics(classes.Sum(other => matrix[c, other]), classes.Sum(other => matrix[other, c]), matrix[c, c]))];
    }

    /// <summary>Estimates the 95 % interval of the accuracy by resampling the crystals.</summary>
    /// <param name="seed">The seed of the resampling.</param>
    /// <returns>The 2.5th and 97.5th percentile of 1,000 bootstrap samples.</returns>
    public (double Low, double High) AccuracyInterval(int seed = 0) => Bootstrap.Interval(Count, AccuracyOf, seed);

    /// <summary>Estimates the 95 % interval of the macro-averaged F1 by resampling the crystals.</summary>
    /// <param name="seed">The seed of the resampling.</param>
    /// <returns>The 2.5th and 97.5th percentile of 1,000 bootstrap samples.</returns>
    public (double Low, double High) MacroF1Interval(int seed = 0) => Bootstrap.Interval(Count, MacroF1Of, seed);

    private double AccuracyOf(int[] rows)
    {
        int right = 0;
        foreach (int row in rows)
        {
            right += _truth[row] == _predicted[row] ? 1 : 0;
        }

        return (double)right / rows.Length;
    }

    private double MacroF1Of(int[] rows)
    {
        Span<int> truePositives = stackalloc int[_classes];
        Span<int> errors = stackalloc int[_classes]; // false positives plus false negatives
        truePositives.Clear();
        errors.Clear();
        foreach (int row in rows)
        {
            if (_truth[row] == _predicted[row])
            {
                truePositives[_truth[row]]++;
            }
            else
            {
                errors[_truth[row]]++;
                errors[_predicted[row]]++;
            }
        }

        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < _classes; c++)
        {
            int denominator = 2 * truePositives[c] + errors[c];
            if (denominator > 0)
            {
                sum += 2.0 * truePositives[c] / denominator;
                occurring++;
            }
        }

        return sum / occurring;
    }
}
