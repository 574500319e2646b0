using Faithful.Networks.Training;

namespace Faithful.Networks.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(7, 0.0)]
    [InlineData(100, 0.1)]
    [InlineData(12_345, 0.5)]
    public void It_rises_to_the_highest_rate_then_falls_and_never_leaves_its_range(long steps, double warmupFraction)
    {
        const double Highest = 0.003;
        double[] rates = [.. Enumerable.Range(0, (int)steps).Select(step => LearningRateSchedule.At(step, steps, Highest, warmupFraction))];
        int warmup = (int)(warmupFraction * steps);

        Assert.All(rates, rate => Assert.InRange(rate, double.Epsilon, Highest));
        Assert.Equal(Highest, rates[warmup], 12);
        for (int step = 1; step < rates.Length; step++)
        {
            Assert.True(step <= warmup ? rates[step] > rates[step - 1] : rates[step] < rates[step - 1], $"at step {step}");
        }
    }
}
