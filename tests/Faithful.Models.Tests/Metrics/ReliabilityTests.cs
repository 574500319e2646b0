using Faithful.Models.Metrics;

namespace Faithful.Models.Tests.Metrics;

public class ReliabilityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bins_hold_every_crystal_once_and_give_the_calibration_error(int seed)
    {
        (double[][] probabilities, int[] classes) = RandomAnswers(400, 4, seed);
        IReadOnlyList<ReliabilityBin> bins = ProbabilityMetrics.Reliability(probabilities, classes);
        Assert.Equal(400, bins.Sum(bin => bin.Count));
        Assert.All(bins, bin => Assert.InRange(bin.Confidence, bin.Low, bin.High));
        int right = probabilities.Zip(classes).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second);
        Assert.Equal(right, bins.Sum(bin => bin.Count * bin.Accuracy), 9);
        Assert.Equal(ProbabilityMetrics.CalibrationError(probabilities, classes), bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / 400, 12);
    }

    [Fact]
    public void Sure_and_right_answers_lie_in_the_last_bin()
    {
        ReliabilityBin bin = Assert.Single(ProbabilityMetrics.Reliability([[1, 0], [0, 1]], [0, 1]));
        Assert.Equal((1, 2, 1, 1), (bin.High, bin.Count, bin.Confidence, bin.Accuracy));
    }

    /// <summary>Agresti and Coull 1998, Am. Stat. 52, 119: the interval is where the score test of the share does not refuse.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 10)]
    [InlineData(871, 1000)]
    public void An_interval_ends_where_the_share_is_1_96_deviations_away(int right, int count)
    {
        (double low, double high) = WilsonInterval.Of(right, count);
        double share = (double)right / count;
        Assert.InRange(share, low, high);
        foreach (double end in new[] { low, high }.Where(end => end is > 0 and < 1))
        {
            Assert.Equal(1.959964, Math.Abs(share - end) / Math.Sqrt(end * (1 - end) / count), 1e-5);
        }

        Assert.Equal((1 - high, 1 - low), WilsonInterval.Of(count - right, count), Close);
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(count + 1, count));
    }

    private static bool Close((double Low, double High) one, (double Low, double High) other) =>
        Math.Abs(one.Low - other.Low) < 1e-12 && Math.Abs(one.High - other.High) < 1e-12;

    private static (double[][] Probabilities, int[] Classes) RandomAnswers(int count, int classes, int seed)
    {
        var random = new Random(seed);
        double[][] rows = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, classes).Select(_ => Math.Pow(random.NextDouble(), 4)).ToArray())];
        return ([.. rows.Select(row => row.Select(value => value / row.Sum()).ToArray())], [.. rows.Select(_ => random.Next(classes))]);
    }
}
