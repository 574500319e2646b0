using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Evaluation;

/// <summary>The metrics of regression against their formulas.</summary>
public sealed class RegressionMetricsTests
{
    private const double Tolerance = 1e-9;
    private readonly MLContext context = new(1);

    [Fact]
    public void Metrics_follow_their_formulas()
    {
        (float Label, float Score)[] rows = [(1, 1.5f), (2, 1), (-3, -3), (0.5f, 4), (8, 7.25f)];
        RegressionMetrics metrics = Evaluate(rows);
        double[] errors = [.. rows.Select(row => (double)row.Label - row.Score)];
        double mean = rows.Average(row => (double)row.Label);
        Assert.Equal(errors.Average(Math.Abs), metrics.MeanAbsoluteError, Tolerance);
        Assert.Equal(errors.Average(error => error * error), metrics.MeanSquaredError, Tolerance);
        Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), metrics.RootMeanSquaredError, Tolerance);
        Assert.Equal(metrics.MeanSquaredError, metrics.LossFunction, 1e-6);
        Assert.Equal(1 - (errors.Sum(error => error * error) / rows.Sum(row => Math.Pow(row.Label - mean, 2))), metrics.RSquared, 1e-6);
    }

    [Fact]
    public void Rows_without_label_or_score_do_not_count()
    {
        RegressionMetrics all = Evaluate([(1, 2), (float.NaN, 5), (3, float.NaN), (4, 4)]);
        RegressionMetrics counted = Evaluate([(1, 2), (4, 4)]);
        Assert.Equal(counted.MeanAbsoluteError, all.MeanAbsoluteError);
        Assert.Equal(counted.MeanSquaredError, all.MeanSquaredError);
        Assert.Equal(counted.RSquared, all.RSquared);
    }

    [Fact]
    public void An_infinite_score_makes_infinite_losses()
    {
        RegressionMetrics metrics = Evaluate([(1, 2), (3, float.PositiveInfinity)]);
        Assert.Equal(double.PositiveInfinity, metrics.MeanAbsoluteError);
        Assert.Equal(double.NegativeInfinity, metrics.RSquared);
    }

    [Fact]
    public void Equal_labels_have_no_R_squared()
    {
        Assert.Equal(double.NaN, Evaluate([(2, 1), (2, 3)]).RSquared);
        Assert.Equal(double.NaN, Evaluate([(2, 2)]).RSquared);
        Assert.Equal(1, Evaluate([(2, 1), (2, 3)]).MeanAbsoluteError);
    }

    [Fact]
    public void Without_rows_everything_is_zero()
    {
        RegressionMetrics metrics = Evaluate([]);
        Assert.Equal([0, 0, 0, 0, 0], [metrics.MeanAbsoluteError, metrics.MeanSquaredError, metrics.RootMeanSquaredError, metrics.LossFunction, metrics.RSquared]);
    }

    [Fact]
    public void Columns_can_have_other_names()
    {
        IDataView data = context.Data.LoadFromEnumerable<Row>([new() { Label = 1, Score = 3 }]);
        IDataView renamed = context.Transforms.CopyColumns("Truth", "Label").Append(context.Transforms.CopyColumns("Guess", "Score"))
            .Append(context.Transforms.SelectColumns("Truth", "Guess")).Fit(data).Transform(data);
        Assert.Equal(2, context.Regression.Evaluate(renamed, "Truth", "Guess").MeanAbsoluteError);
    }

    [Fact]
    public void Columns_that_are_not_there_or_do_not_fit_are_refused()
    {
        IDataView data = context.Data.LoadFromEnumerable<Row>([new()]);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Regression.Evaluate(data, "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Regression.Evaluate(data, scoreColumnName: "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Regression.Evaluate(data, "Wide"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Regression.Evaluate(data, scoreColumnName: "Wide"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Regression.Evaluate(data, ""));
        Assert.Throws<ArgumentNullException>(() => context.Regression.Evaluate(null));
    }

    private RegressionMetrics Evaluate((float Label, float Score)[] rows) =>
        context.Regression.Evaluate(context.Data.LoadFromEnumerable(rows.Select(row => new Row { Label = row.Label, Score = row.Score })));

    private sealed class Row
    {
        public float Label { get; set; }

        public float Score { get; set; }

        public double Wide { get; set; }
    }
}
