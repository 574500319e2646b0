using Faithful.Networks.Training;

namespace Faithful.Networks.Tests.Training;

public sealed class EpochChoiceTests
{
    [Theory]
    [InlineData(SelectionMetric.Accuracy, 2)]
    [InlineData(SelectionMetric.MacroF1, 3)]
    [InlineData(SelectionMetric.Loss, 4)]
    public void The_chosen_metric_decides_and_patience_counts_from_the_best(SelectionMetric metric, int best)
    {
        EpochMeasurement[] epochs = [Epoch(1, 0.5, 0.2, 1), Epoch(2, 0.9, 0.3, 0.9), Epoch(3, 0.9, 0.4, 0.8), Epoch(4, 0.8, 0.4, 0.7), Epoch(5, 0.8, 0.4, 0.7)];
        var choice = new EpochChoice(TestNetworks.Classification(false), new TrainingOptions { MetricForBest = metric, Patience = 2 });
        List<EpochMeasurement> measured = [];
        foreach (EpochMeasurement epoch in epochs)
        {
            measured.Add(epoch with { IsBest = choice.IsBest(epoch, measured) });
            Assert.Equal(epoch.Epoch - measured.Last(earlier => earlier.IsBest).Epoch >= 2, choice.HasRunOut(measured));
        }

        Assert.Equal(best, measured.Last(epoch => epoch.IsBest).Epoch);
    }

    [Fact]
    public void A_regression_is_better_with_a_smaller_error_and_has_no_macro_F1()
    {
        var choice = new EpochChoice(TestNetworks.Regression, new TrainingOptions());
        Assert.True(choice.IsBest(Epoch(2, 0.1, 0, 1), [Epoch(1, 0.2, 0, 1)]));
        Assert.False(choice.IsBest(Epoch(2, 0.2, 0, 1), [Epoch(1, 0.1, 0, 1)]));
        Assert.False(choice.HasRunOut([Epoch(1, 0.1, 0, 1) with { IsBest = true }, .. Enumerable.Range(2, 500).Select(i => Epoch(i, 1, 0, 1))])); // no patience set
        Assert.Throws<ArgumentException>(() => new EpochChoice(TestNetworks.Regression, new TrainingOptions { MetricForBest = SelectionMetric.MacroF1 }));
    }

    [Fact]
    public void An_accuracy_that_is_reached_is_enough_and_a_regression_has_none()
    {
        var choice = new EpochChoice(TestNetworks.Classification(false), new TrainingOptions { AccuracyToReach = 0.9 });
        EpochMeasurement[] epochs = [Epoch(1, 0.5, 0, 1), Epoch(2, 0.89, 0, 1), Epoch(3, 0.9, 0, 1), Epoch(4, 0.8, 0, 1)];
        Assert.Equal([false, false, false, true, true], Enumerable.Range(0, 5).Select(count => choice.HasReachedGoal(epochs[..count])));
        Assert.Equal([false, false, false, true, true], Enumerable.Range(0, 5).Select(count => choice.IsEnough(epochs[..count])));
        Assert.False(new EpochChoice(TestNetworks.Classification(false), new TrainingOptions()).HasReachedGoal([Epoch(1, 1, 1, 0)]));
        Assert.Throws<ArgumentException>(() => new EpochChoice(TestNetworks.Regression, new TrainingOptions { AccuracyToReach = 0.9 }));
    }

    private static EpochMeasurement Epoch(int epoch, double metric, double macroF1, double loss) => new()
    {
        Epoch = epoch,
        TrainingLoss = 1,
        ValidationLoss = loss,
        ValidationMetric = metric,
        ValidationMacroF1 = macroF1,
        IsBest = false,
        LearningRate = 1,
        StructuresPerSecond = 1,
        Seconds = 1,
    };
}
