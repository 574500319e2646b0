using Faithful.Models.Metrics;

namespace Faithful.Models.Tests.Metrics;

public class RegressionMetricsTests
{
    [Fact]
    public void A_perfect_predictor_has_no_error()
    {
        double[] truth = Gaussian(50, 1);
        var metrics = new RegressionMetrics(truth, truth);
        Assert.Equal(0, metrics.MeanAbsoluteError);
        Assert.Equal(0, metrics.RootMeanSquareError);
        Assert.Equal(1, metrics.RSquared);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(-3)]
    public void A_constant_shift_is_both_the_mean_absolute_and_the_root_mean_square_error(double shift)
    {
        double[] truth = Gaussian(64, 2);
        var metrics = new RegressionMetrics(truth, [.. truth.Select(value => value + shift)]);
        Assert.Equal(Math.Abs(shift), metrics.MeanAbsoluteError, 12);
        Assert.Equal(Math.Abs(shift), metrics.RootMeanSquareError, 12);
    }

    [Fact]
    public void The_mean_of_the_truth_explains_nothing()
    {
        double[] truth = Gaussian(40, 3);
        double mean = truth.Average();
        Assert.Equal(0, new RegressionMetrics(truth, [.. truth.Select(_ => mean)]).RSquared, 12);
    }

    [Fact]
    public void Equal_truths_leave_R_squared_undefined() =>
        Assert.True(double.IsNaN(new RegressionMetrics([2, 2, 2], [1, 2, 3]).RSquared));

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void The_mean_absolute_error_never_exceeds_the_root_mean_square_error(int seed)
    {
        var metrics = new RegressionMetrics(Gaussian(70, seed), Gaussian(70, seed + 50));
        Assert.True(metrics.MeanAbsoluteError <= metrics.RootMeanSquareError);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Errors_scale_with_the_unit_and_R_squared_does_not(int seed)
    {
        double[] truth = Gaussian(60, seed), predicted = Gaussian(60, seed + 50);
        var electronvolts = new RegressionMetrics(truth, predicted);
        var millielectronvolts = new RegressionMetrics([.. truth.Select(v => 1000 * v)], [.. predicted.Select(v => 1000 * v)]);
        Assert.Equal(1000 * electronvolts.MeanAbsoluteError, millielectronvolts.MeanAbsoluteError, 8);
        Assert.Equal(electronvolts.RSquared, millielectronvolts.RSquared, 10);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void The_order_of_the_crystals_does_not_matter(int seed)
    {
        double[] truth = Gaussian(60, seed), predicted = Gaussian(60, seed + 50);
        int[] order = [.. Enumerable.Range(0, 60)];
        new Random(seed).Shuffle(order);
        var original = new RegressionMetrics(truth, predicted);
        var shuffled = new RegressionMetrics([.. order.Select(i => truth[i])], [.. order.Select(i => predicted[i])]);
        Assert.Equal(original.MeanAbsoluteError, shuffled.MeanAbsoluteError, 12);
        Assert.Equal(original.RootMeanSquareError, shuffled.RootMeanSquareError, 12);
        Assert.Equal(original.RSquared, shuffled.RSquared, 12);
    }

    [Fact]
    public void The_interval_holds_the_estimate()
    {
        var metrics = new RegressionMetrics(Gaussian(100, 10), Gaussian(100, 60));
        (double low, double high) = metrics.MeanAbsoluteErrorInterval();
        Assert.InRange(metrics.MeanAbsoluteError, low, high);
    }

    [Fact]
    public void Lists_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RegressionMetrics([], []));
        Assert.Throws<ArgumentException>(() => new RegressionMetrics([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new RegressionMetrics([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>(() => new RegressionMetrics([1, 2], [1, double.PositiveInfinity]));
    }

    private static double[] Gaussian(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
