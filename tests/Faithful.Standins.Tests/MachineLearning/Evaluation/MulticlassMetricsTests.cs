using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Evaluation;

/// <summary>The metrics of several classes against their formulas.</summary>
public sealed class MulticlassMetricsTests
{
    private const double Tolerance = 1e-6;
    private const uint Missing = uint.MaxValue;
    private readonly MLContext context = new(1);

    // Labels count from 0; one beyond the number of its keys is missing.
    private static readonly Row[] Rows =
    [
        new(0, [0.7f, 0.2f, 0.1f]),
        new(0, [0.3f, 0.4f, 0.3f]),
        new(1, [0.1f, 0.8f, 0.1f]),
        new(1, [0.25f, 0.25f, 0.5f]),
        new(1, [0.2f, 0.6f, 0.2f]),
        new(2, [0.5f, 0.5f, 0]),
    ];

    [Fact]
    public void Accuracies_count_rows_and_classes()
    {
        MulticlassClassificationMetrics metrics = Evaluate(Rows);
        Assert.Equal(3.0 / 6, metrics.MicroAccuracy, Tolerance);
        Assert.Equal(((1.0 / 2) + (2.0 / 3) + 0) / 3, metrics.MacroAccuracy, Tolerance);
        Assert.Equal([[1.0, 1, 0], [0, 2, 1], [1, 0, 0]], metrics.ConfusionMatrix.Counts);
        Assert.Equal([0.5, 2.0 / 3, 0], metrics.ConfusionMatrix.PerClassRecall);
        Assert.Equal([0.5, 2.0 / 3, 0], metrics.ConfusionMatrix.PerClassPrecision);
        Assert.Equal(3, metrics.ConfusionMatrix.NumberOfClasses);
        Assert.Equal(1, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 2, actualClassIndicatorIndex: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.ConfusionMatrix.GetCountForClassPair(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.ConfusionMatrix.GetCountForClassPair(0, -1));
    }

    [Fact]
    public void Log_loss_is_clipped_and_compared_with_that_of_the_frequencies()
    {
        MulticlassClassificationMetrics metrics = Evaluate(Rows);
        double[] losses = [.. Rows.Select(row => -Math.Log(Math.Max((float)1e-15, row.Score[row.Label])))];
        double entropy = -((2.0 / 6 * Math.Log(2.0 / 6)) + (3.0 / 6 * Math.Log(3.0 / 6)) + (1.0 / 6 * Math.Log(1.0 / 6)));
        Assert.Equal(losses.Average(), metrics.LogLoss, Tolerance);
        Assert.Equal((entropy - losses.Average()) / entropy, metrics.LogLossReduction, Tolerance);
        Assert.Equal(losses[..2].Average(), metrics.PerClassLogLoss[0], Tolerance);
        Assert.Equal(losses[2..5].Average(), metrics.PerClassLogLoss[1], Tolerance);
        Assert.Equal(losses[5], metrics.PerClassLogLoss[2], Tolerance);
    }

    [Fact]
    public void A_probability_above_one_costs_nothing() =>
        Assert.Equal(0, Evaluate([new(0, [3, 0, 0]), new(1, [0, 1, 0])]).LogLoss);

    [Fact]
    public void Top_accuracies_rank_equal_scores_in_the_order_of_classes()
    {
        MulticlassClassificationMetrics metrics = Evaluate(Rows, top: 2);
        Assert.Equal(2, metrics.TopKPredictionCount);
        // The second row's class 0 shares its score with class 2 but stands before it; the last row's class 2 is third.
        Assert.Equal(3.0 / 6, metrics.TopKAccuracyForAllK[0], Tolerance);
        Assert.Equal(4.0 / 6, metrics.TopKAccuracyForAllK[1], Tolerance);
        Assert.Equal(metrics.TopKAccuracyForAllK[1], metrics.TopKAccuracy);
        Assert.Equal(1, Evaluate(Rows, top: 3).TopKAccuracy, Tolerance);
        Assert.Equal(0, Evaluate(Rows).TopKAccuracy);
        Assert.Null(Evaluate(Rows).TopKAccuracyForAllK);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(Rows, top: -1));
    }

    [Fact]
    public void Missing_labels_and_scores_that_are_not_finite_do_not_count()
    {
        MulticlassClassificationMetrics all = Evaluate([.. Rows, new(Missing, [1, 0, 0]), new(0, [float.NaN, 0, 0]), new(1, [0, float.PositiveInfinity, 0])]);
        MulticlassClassificationMetrics counted = Evaluate(Rows);
        Assert.Equal(counted.MicroAccuracy, all.MicroAccuracy);
        Assert.Equal(counted.LogLoss, all.LogLoss);
        Assert.Equal(counted.LogLossReduction, all.LogLossReduction);
        Assert.Equal(counted.ConfusionMatrix.Counts, all.ConfusionMatrix.Counts);
    }

    [Fact]
    public void A_class_that_the_model_does_not_know_is_an_error_of_the_largest_cost()
    {
        MulticlassClassificationMetrics metrics = Evaluate([new(0, [0.8f, 0.1f, 0.1f]), new(3, [0.8f, 0.1f, 0.1f])], top: 3);
        Assert.Equal(0.5, metrics.MicroAccuracy, Tolerance);
        Assert.Equal(1, metrics.MacroAccuracy, Tolerance);
        Assert.Equal((-Math.Log(0.8f) - Math.Log((float)1e-15)) / 2, metrics.LogLoss, Tolerance);
        Assert.Equal([[1.0, 0, 0], [0, 0, 0], [0, 0, 0]], metrics.ConfusionMatrix.Counts);
        Assert.Equal(0.5, metrics.TopKAccuracy, Tolerance);
    }

    [Fact]
    public void One_class_alone_has_no_reduction_of_its_log_loss()
    {
        MulticlassClassificationMetrics metrics = Evaluate([new(0, [0.5f, 0.25f, 0.25f]), new(0, [0.5f, 0.25f, 0.25f])]);
        Assert.True(double.IsInfinity(metrics.LogLossReduction)); // divided by an entropy of 0
        Assert.Equal(1, metrics.MacroAccuracy);
        Assert.Equal([Math.Log(2), 0, 0], metrics.PerClassLogLoss);
    }

    [Fact]
    public void Without_rows_accuracy_and_loss_are_zero()
    {
        MulticlassClassificationMetrics metrics = Evaluate([]);
        Assert.Equal([0, 0, 0], [metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss]);
        Assert.Equal(double.NaN, metrics.LogLossReduction);
    }

    [Fact]
    public void A_number_can_be_the_label_and_counts_from_zero()
    {
        IDataView data = context.Data.LoadFromEnumerable<NumberRow>(
            [new() { Label = 0, Score = [1, 0] }, new() { Label = 1, Score = [1, 0] }, new() { Label = -1, Score = [1, 0] }, new() { Label = 0.5f, Score = [1, 0] }, new() { Label = float.NaN, Score = [1, 0] }]);
        Assert.Equal(0.5, context.MulticlassClassification.Evaluate(data).MicroAccuracy, Tolerance);
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        IDataView data = context.Data.LoadFromEnumerable(Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.MulticlassClassification.Evaluate(data, "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.MulticlassClassification.Evaluate(data, "Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.MulticlassClassification.Evaluate(data, scoreColumnName: "Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.MulticlassClassification.Evaluate(data, predictedLabelColumnName: "None"));
        IDataView one = context.Transforms.Concatenate("Score", "PredictedNumber").Fit(data).Transform(data);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.MulticlassClassification.Evaluate(one));
    }

    [Fact]
    public void The_table_of_confusion_can_be_printed()
    {
        Assert.Equal(
            """

            Confusion table
                      ||========================
            PREDICTED ||     0 |     1 |     2 | Recall
            TRUTH     ||========================
                    0 ||     1 |     1 |     0 | 0.5000
                    1 ||     0 |     2 |     1 | 0.6667
                    2 ||     1 |     0 |     0 | 0.0000
                      ||========================
            Precision ||0.5000 |0.6667 |0.0000 |

            """, Evaluate(Rows).ConfusionMatrix.GetFormattedConfusionTable(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Classes_are_named_by_the_slots_of_the_score()
    {
        IDataView data = context.Data.LoadFromEnumerable(Rows);
        IDataView named = context.Transforms.Concatenate("Score", "LCEBR", "PredictedNumber", "AnotherVeryLongName").Fit(data).Transform(data);
        Assert.Equal(
            """

            Confusion table
                                   ||========================
            PREDICTED              ||     0 |     1 |     2 | Recall
            TRUTH                  ||========================
            0.               LCEBR ||     2 |     0 |     0 | 1.0000
            1.     PredictedNumber ||     3 |     0 |     0 | 0.0000
            2. AnotherVeryLongName ||     1 |     0 |     0 | 0.0000
                                   ||========================
            Precision              ||0.3333 |0.0000 |0.0000 |

            """, context.MulticlassClassification.Evaluate(named).ConfusionMatrix.GetFormattedConfusionTable(), ignoreLineEndingDifferences: true);
    }

    private MulticlassClassificationMetrics Evaluate(Row[] rows, int top = 0) =>
        context.MulticlassClassification.Evaluate(context.Data.LoadFromEnumerable(rows), topKPredictionCount: top);

    private sealed class Row(uint label, float[] score)
    {
        [KeyType(4)]
        public uint Label { get; } = label;

        [VectorType(3)]
        public float[] Score { get; } = score;

        [KeyType(3)]
        public uint PredictedLabel { get; } = 1;

        public string Text { get; } = "";

        public float LCEBR { get; } = 0.5f;

        public float PredictedNumber { get; } = 0.25f;

        public float AnotherVeryLongName { get; } = 0.25f;
    }

    private sealed class NumberRow
    {
        public float Label { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];

        public float PredictedLabel { get; set; }
    }
}
