using Faithful.Models.Metrics;

namespace Faithful.Models.Tests.Metrics;

public class BootstrapTests
{
    [Fact]
    public void One_row_leaves_no_doubt() => Assert.Equal((3, 3), Bootstrap.Interval(1, _ => 3, seed: 0));

    [Fact]
    public void Every_resample_has_as_many_rows_as_there_are_and_none_outside()
    {
        Bootstrap.Interval(
            17,
            rows =>
            {
                Assert.Equal(17, rows.Length);
                Assert.All(rows, row => Assert.InRange(row, 0, 16));
                return 0;
            },
            seed: 4);
    }

    /// <summary>The mean of n numbers of variance 1/12 has the standard deviation √(1/(12 n)); 95 % lie within 1.96 of them.</summary>
    [Fact]
    public void The_interval_of_a_mean_is_as_wide_as_theory_says()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())];
        (double low, double high) = Bootstrap.Interval(values.Length, rows => rows.Average(row => values[row]), seed: 1);
        double theory = 2 * 1.96 * Math.Sqrt(1 / (12.0 * values.Length));
        Assert.InRange((high - low) / theory, 0.9, 1.1);
    }

    [Fact]
    public void No_rows_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Interval(0, _ => 0, seed: 0));
}
