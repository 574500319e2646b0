using Faithful.Models;
using Faithful.Networks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Tests.Training;

public sealed class TrainingLossTests
{
    [Theory]
    [InlineData(ClassWeighting.None)]
    [InlineData(ClassWeighting.Balanced)]
    [InlineData(ClassWeighting.SquareRoot)]
    public void Class_weights_have_the_mean_1_over_the_crystals(ClassWeighting weighting)
    {
        int[] counts = [90, 9, 0, 1];
        float[] weights = TrainingLoss.ClassWeights(counts, weighting);
        Assert.Equal(1, weights.Zip(counts, (weight, count) => weight * count).Sum() / counts.Sum(), 1e-5);
        double power = weighting switch { ClassWeighting.Balanced => 1, ClassWeighting.SquareRoot => 0.5, _ => 0 };
        Assert.Equal(Math.Pow(90, power), weights[3] / weights[0], 1e-4);
        Assert.Equal(1, weights[2]);
    }

    [Theory]
    [InlineData(ClassWeighting.Balanced, 0.1)]
    [InlineData(ClassWeighting.None, 0.0)]
    public void The_losses_of_parts_add_up_to_that_of_the_batch(ClassWeighting weighting, double smoothing)
    {
        using ResidentDataset data = TestRun.Data();
        var options = new TrainingOptions { ClassWeights = weighting, LabelSmoothing = smoothing };
        using var loss = new TrainingLoss(Specification(TestNetworks.Classification(false)), options, data);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor logits = torch.tensor(new[] { 1f, -1, 0, 0.5f, 2, 1, -1, 0, 3 }, [3, 3]);
        Tensor targets = torch.tensor(new long[] { 0, 1, 1 });
        float whole = loss.OfTraining(logits, targets, 3).item<float>();
        float parts = loss.OfTraining(logits.narrow(0, 0, 1), targets.narrow(0, 0, 1), 3).item<float>()
            + loss.OfTraining(logits.narrow(0, 1, 2), targets.narrow(0, 1, 2), 3).item<float>();
        Assert.Equal(whole, parts, 1e-6f);
        float plain = loss.OfValidation(logits, targets).item<float>() / 3;
        Assert.Equal(weighting == ClassWeighting.None, Math.Abs(plain - whole) < 1e-6);
    }

    [Theory]
    [InlineData(RegressionLoss.L1, (0.5 + 3) / 2)]
    [InlineData(RegressionLoss.Huber, (0.125 + 2.5) / 2)]
    public void A_regression_is_measured_in_units_of_the_deviation(RegressionLoss choice, double expected)
    {
        using ResidentDataset data = TestRun.Data();
        NetworkSpecification specification = Specification(TestNetworks.Regression) with { TargetScale = 4 };
        using var loss = new TrainingLoss(specification, new TrainingOptions { RegressionLoss = choice }, data);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor values = torch.tensor(new[] { 1f, 10 }), targets = torch.tensor(new[] { 3f, -2 });
        Assert.Equal(expected, loss.OfTraining(values, targets, 2).item<float>(), 1e-5);
        Assert.Equal(2 * expected, loss.OfValidation(values, targets).item<float>(), 1e-5);
    }

    private static NetworkSpecification Specification(ModelTask task) => new() { Task = task };
}
