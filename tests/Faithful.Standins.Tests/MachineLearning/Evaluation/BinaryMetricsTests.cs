using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Evaluation;

/// <summary>The metrics of yes and no against their formulas.</summary>
public sealed class BinaryMetricsTests
{
    private const double Tolerance = 1e-6;
    private readonly MLContext context = new(1);

    private static readonly Row[] Rows =
    [
        new(true, 2, 0.9f), new(true, 0.5f, 0.6f), new(true, -1, 0.25f), new(false, 0.5f, 0.6f), new(false, -2, 0.125f), new(false, -3, 0.05f), new(true, 0, 0.5f),
    ];

    [Fact]
    public void Counts_follow_the_sign_of_the_score()
    {
        BinaryClassificationMetrics metrics = context.BinaryClassification.EvaluateNonCalibrated(context.Data.LoadFromEnumerable(Rows));
        Assert.Equal([[2.0, 2.0], [1.0, 2.0]], metrics.ConfusionMatrix.Counts);
        Assert.Equal(4.0 / 7, metrics.Accuracy, Tolerance);
        Assert.Equal(2.0 / 3, metrics.PositivePrecision, Tolerance);
        Assert.Equal(0.5, metrics.PositiveRecall, Tolerance);
        Assert.Equal(0.5, metrics.NegativePrecision, Tolerance);
        Assert.Equal(2.0 / 3, metrics.NegativeRecall, Tolerance);
        Assert.Equal(4.0 / 7, metrics.F1Score, Tolerance);
        Assert.Equal([2.0 / 3, 0.5], metrics.ConfusionMatrix.PerClassPrecision);
    }

    [Fact]
    public void The_area_under_the_curve_is_the_part_of_pairs_in_order()
    {
        CalibratedBinaryClassificationMetrics metrics = context.BinaryClassification.Evaluate(context.Data.LoadFromEnumerable(Rows));
        var pairs = from positive in Rows.Where(row => row.Label) from negative in Rows.Where(row => !row.Label) select positive.Score.CompareTo(negative.Score);
        Assert.Equal(pairs.Average(order => (order + 1) / 2.0), metrics.AreaUnderRocCurve, Tolerance);
    }

    [Fact]
    public void Precision_and_recall_enclose_an_area_of_trapezoids()
    {
        CalibratedBinaryClassificationMetrics metrics = context.BinaryClassification.Evaluate(context.Data.LoadFromEnumerable(Rows));
        double area = 0;
        double lastPrecision = 1;
        int found = 0;
        Row[] ordered = [.. Rows.OrderByDescending(row => row.Score)];
        for (int seen = 1; seen <= ordered.Length; seen++)
        {
            found += ordered[seen - 1].Label ? 1 : 0;
            double precision = (double)found / seen;
            area += ordered[seen - 1].Label ? (lastPrecision + precision) / 2 / 4 : 0;
            lastPrecision = precision;
        }

        Assert.Equal(area, metrics.AreaUnderPrecisionRecallCurve, Tolerance);
    }

    [Fact]
    public void Losses_are_in_bits()
    {
        CalibratedBinaryClassificationMetrics metrics = context.BinaryClassification.Evaluate(context.Data.LoadFromEnumerable(Rows));
        double loss = Rows.Average(row => -Math.Log2(row.Label ? row.Probability : 1 - (double)row.Probability));
        double entropy = -(4.0 / 7 * Math.Log2(4.0 / 7)) - (3.0 / 7 * Math.Log2(3.0 / 7));
        Assert.Equal(loss, metrics.LogLoss, Tolerance);
        Assert.Equal(entropy, metrics.Entropy, Tolerance);
        Assert.Equal((entropy - loss) / entropy, metrics.LogLossReduction, Tolerance);
    }

    [Fact]
    public void A_certain_error_costs_infinitely_much()
    {
        Row[] rows = [.. Rows, new(false, 5, 1)];
        Assert.Equal(double.PositiveInfinity, context.BinaryClassification.Evaluate(context.Data.LoadFromEnumerable(rows)).LogLoss);
    }

    [Fact]
    public void Rows_with_scores_that_are_not_finite_do_not_count()
    {
        Row[] rows = [.. Rows, new(true, float.NaN, 0.5f), new(false, float.PositiveInfinity, 1)];
        CalibratedBinaryClassificationMetrics all = context.BinaryClassification.Evaluate(context.Data.LoadFromEnumerable(rows));
        CalibratedBinaryClassificationMetrics counted = context.BinaryClassification.Evaluate(context.Data.LoadFromEnumerable(Rows));
        Assert.Equal(counted.Accuracy, all.Accuracy);
        Assert.Equal(counted.LogLoss, all.LogLoss);
        Assert.Equal(counted.AreaUnderRocCurve, all.AreaUnderRocCurve);
    }

    [Fact]
    public void One_class_alone_has_no_curve()
    {
        IDataView positives = context.Data.LoadFromEnumerable(Rows.Where(row => row.Label).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => context.BinaryClassification.Evaluate(positives));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.BinaryClassification.EvaluateNonCalibrated(context.Data.LoadFromEnumerable(Rows.Where(row => !row.Label).ToArray())));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.BinaryClassification.Evaluate(context.Data.LoadFromEnumerable(Array.Empty<Row>())));
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        IDataView data = context.Data.LoadFromEnumerable(Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.BinaryClassification.Evaluate(data, "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.BinaryClassification.Evaluate(data, probabilityColumnName: "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.BinaryClassification.Evaluate(data, scoreColumnName: "PredictedLabel"));
    }

    [Fact]
    public void The_table_of_confusion_can_be_printed()
    {
        string table = context.BinaryClassification.EvaluateNonCalibrated(context.Data.LoadFromEnumerable(Rows)).ConfusionMatrix.GetFormattedConfusionTable();
        Assert.Equal(
            """
            TEST POSITIVE RATIO:	0.5714 (4.0/(4.0+3.0))
            Confusion table
                      ||======================
            PREDICTED || positive | negative | Recall
            TRUTH     ||======================
             positive ||        2 |        2 | 0.5000
             negative ||        1 |        2 | 0.6667
                      ||======================
            Precision ||   0.6667 |   0.5000 |

            """, table, ignoreLineEndingDifferences: true);
    }

    private sealed record Row(bool Label, float Score, float Probability)
    {
        public bool PredictedLabel => Score > 0;
    }
}
