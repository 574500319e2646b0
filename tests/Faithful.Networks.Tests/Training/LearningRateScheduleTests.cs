using Faithful.Networks.Training;

namespace Faithful.Networks.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(7, 0.0)]
    [InlineData(100, 0.1)]
    [InlineData(12_345, 0.5)]
    public void It_rises_to_the_highest_rate_then_falls_and_never_leaves_its_range(int steps, double warmupFraction)
    {
        const double Highest = 0.003;
        double[] done = [.. Enumerable.Range(0, steps).Select(step => (step + 0.5) / steps)];
        double[] rates = [.. done.Select(part => LearningRateSchedule.At(part, Highest, warmupFraction))];

        Assert.All(rates, rate => Assert.InRange(rate, double.Epsilon, Highest));
        Assert.Equal(Highest, LearningRateSchedule.At(warmupFraction, Highest, warmupFraction), 12);
        Assert.Equal(0, LearningRateSchedule.At(1, Highest, warmupFraction), 12);
        for (int step = 1; step < steps; step++)
        {
            Assert.True(
                done[step] <= warmupFraction ? rates[step] > rates[step - 1] : done[step - 1] < warmupFraction || rates[step] < rates[step - 1],
                $"at step {step}");
        }
    }
}
