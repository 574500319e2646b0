using Faithful.Models;
using Faithful.Models.Metrics;
using Faithful.Models.Trees;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>Measures the validation part with ever more of a model's trees, each tree evaluated once.</summary>
/// <param name="model">All trees that were grown.</param>
/// <param name="validation">The validation part.</param>
/// <param name="options">How the trees were grown, and what decides how many are best.</param>
internal sealed class TreeStages(TreeModel model, DescribedCrystals validation, CrystalTreesOptions options)
{
    private const int MostStages = 100;
    private const double SmallestProbability = 1e-12; // its logarithm stands for that of 0

    private readonly float[][] _rows = [.. validation.Rows.Select(row => model.Row(row))];
    private readonly double[] _scores = [.. Enumerable.Repeat(model.Ensembles.Select(ensemble => ensemble.Bias), validation.Rows.Count).SelectMany(bias => bias)];
    private readonly float[] _outputs = new float[validation.Rows.Count * model.OutputWidth];

    private bool IsClassification => model.Kind == TaskKind.Classification;

    /// <summary>Measures.</summary>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One entry a stage, with ascending numbers of trees; one or more of them are marked as the best so far.</returns>
    public IReadOnlyList<TreeMeasurement> Measure(CancellationToken cancellation)
    {
        int trees = TreeTraining.Trees(model);
        int rounds = (trees + options.Repeats - 1) / options.Repeats; // a tree of each repeat
        int step = options.Repeats * Math.Max(1, (rounds + MostStages - 1) / MostStages);
        List<TreeMeasurement> measurements = [];
        for (int done = 0; done < trees;)
        {
            int next = Math.Min(trees, done + step);
            Add(done, next, cancellation);
            done = next;
            TreeMeasurement measurement = IsClassification ? MeasureClasses(done) : MeasureValues(done);
            measurements.Add(measurement with { IsBest = measurements.All(other => Quality(measurement) > Quality(other)) });
        }

        return measurements;
    }

    private double Quality(TreeMeasurement measurement) => options.MetricForBest switch
    {
        SelectionMetric.Loss => -measurement.ValidationLoss,
        SelectionMetric.MacroF1 => measurement.ValidationMacroF1!.Value,
        _ => IsClassification ? measurement.ValidationMetric : -measurement.ValidationMetric,
    };

    /// <summary>Adds some trees to the scores, and computes the answers anew.</summary>
    private void Add(int first, int end, CancellationToken cancellation) =>
        Parallel.For(0, validation.Rows.Count, new ParallelOptions { CancellationToken = cancellation }, row =>
        {
            Span<float> outputs = _outputs.AsSpan(row * model.OutputWidth, model.OutputWidth);
            double sum = 0;
            for (int output = 0; output < outputs.Length; output++)
            {
                TreeEnsemble ensemble = model.Ensembles[output];
                ref double score = ref _scores[row * outputs.Length + output];
                for (int tree = first; tree < Math.Min(end, ensemble.Trees.Length); tree++)
                {
                    score += ensemble.Weights[tree] * ensemble.Trees[tree].Evaluate(_rows[row]);
                }

                outputs[output] = IsClassification ? model.Calibrations[output].Probability((float)score) : (float)score;
                sum += outputs[output];
            }

            for (int output = 0; IsClassification && sum > 0 && output < outputs.Length; output++)
            {
                outputs[output] = (float)(outputs[output] / sum);
            }
        });

    private TreeMeasurement MeasureClasses(int trees)
    {
        var (truth, predicted) = (new List<int>(), new List<int>());
        double loss = 0;
        for (int row = 0; row < validation.Rows.Count; row++)
        {
            ReadOnlySpan<float> probabilities = _outputs.AsSpan(row * model.OutputWidth, model.OutputWidth);
            truth.Add((int)validation.Targets[row]);
            predicted.Add(probabilities.IndexOf(Largest(probabilities)));
            loss -= Math.Log(Math.Max(SmallestProbability, probabilities[truth[row]]));
        }

        foreach (double target in validation.Fallbacks?.Targets ?? [])
        {
            truth.Add((int)target);
            predicted.Add((int)validation.Fallbacks!.Answer);
        }

        var metrics = new ClassificationMetrics(truth, predicted, model.OutputWidth);
        return new TreeMeasurement
        {
            Trees = trees,
            ValidationLoss = loss / validation.Rows.Count,
            ValidationMetric = metrics.Accuracy,
            ValidationMacroF1 = metrics.MacroF1,
            IsBest = false,
        };
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        foreach (float value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    private TreeMeasurement MeasureValues(int trees)
    {
        FallbackCrystals? fallbacks = validation.Fallbacks;
        double[] errors = [.. validation.Targets.Select((target, row) => _outputs[row] - target)];
        double others = fallbacks?.Targets.Sum(target => Math.Abs(fallbacks.Answer - target)) ?? 0;
        return new TreeMeasurement
        {
            Trees = trees,
            ValidationLoss = errors.Average(error => error * error),
            ValidationMetric = (errors.Sum(Math.Abs) + others) / (errors.Length + (fallbacks?.Targets.Count ?? 0)),
            IsBest = false,
        };
    }
}
