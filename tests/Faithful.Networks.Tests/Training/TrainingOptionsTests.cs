using System.Text.Json;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;

namespace Faithful.Networks.Tests.Training;

public sealed class TrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_choices_are_written_as_words()
    {
        Assert.Empty(new TrainingOptions().Validate());
        var options = new TrainingOptions
        {
            Precision = ComputePrecision.BFloat16,
            ClassWeights = ClassWeighting.SquareRoot,
            RegressionLoss = RegressionLoss.Huber,
            MetricForBest = SelectionMetric.MacroF1,
        };
        string json = JsonSerializer.Serialize(options, RunJson.OneLine);
        Assert.Contains("\"precision\":\"bfloat16\"", json, StringComparison.Ordinal);
        Assert.Contains("\"class_weights\":\"square_root\"", json, StringComparison.Ordinal);
        Assert.Contains("\"regression_loss\":\"huber\"", json, StringComparison.Ordinal);
        Assert.Contains("\"metric_for_best\":\"macro_f1\"", json, StringComparison.Ordinal);
        Assert.Equal(options, JsonSerializer.Deserialize<TrainingOptions>(json, RunJson.OneLine));
    }

    [Fact]
    public void Every_fault_is_found()
    {
        var options = new TrainingOptions
        {
            Epochs = 0,
            BatchSize = 0,
            AtomBudget = -1,
            EdgeBudget = -1,
            BucketBatches = -1,
            BatchParts = 0,
            LearningRate = double.NaN,
            WeightDecay = 2,
            WarmupFraction = 0.6,
            GradientClipNorm = 0,
            WeightAverage = 1,
            Patience = -1,
            LabelSmoothing = 1,
            AccuracyToReach = 1.1,
            MetricForBest = (SelectionMetric)7,
            ClassWeights = (ClassWeighting)7,
            RegressionLoss = (RegressionLoss)7,
            Precision = (ComputePrecision)7,
        };
        Assert.Equal(typeof(TrainingOptions).GetProperties().Length - 1, options.Validate().Count); // any seed is valid
    }
}
