using Faithful.Models;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Testing;

namespace Faithful.Networks.Tests.Training;

public sealed class StartingValuesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_that_hardly_moves_keeps_what_was_learned_before()
    {
        TrainingOptions options = TestRun.Options(8);
        TrainingResult before = TestRun.Train(_folder["before"], options);
        Network network = TestRun.Description(options).BuildNetwork();
        StartingValues start = StartingValues.Take(RunFolder.Open(_folder["before"]), network, seed: 5);
        Assert.Empty(start.Random);
        Assert.Equal(RunFolder.Open(_folder["before"]).ReadBest(network), start.Values);

        TrainingResult after = TestRun.Train(_folder["after"], TestRun.Options(1) with { LearningRate = 1e-9, WeightDecay = 0 }, start: start);
        Assert.Equal(before.Best.ValidationLoss, after.Best.ValidationLoss, 1e-4);
        Pretraining step = Assert.Single(start.Pretraining);
        Assert.Equal((before.Best.Epoch, network.Layout.Count), (step.Epoch, step.Parameters));
    }

    [Fact]
    public void Parameters_of_another_shape_begin_as_the_seed_says()
    {
        TestRun.Train(_folder["before"], TestRun.Options(1));
        RunDescription description = TestRun.Description(TestRun.Options(1));
        Network other = (description with { Task = description.Task with { Classes = ["a", "b", "c", "d", "e"] } }).BuildNetwork();
        StartingValues start = StartingValues.Take(RunFolder.Open(_folder["before"]), other, seed: 5);
        float[] random = other.Layout.Initialize(5);
        Assert.NotEmpty(start.Random);
        int offset = 0;
        foreach (ParameterReference parameter in other.Layout.Parameters)
        {
            int count = (int)parameter.Count;
            if (start.Random.Contains(parameter.Name))
            {
                Assert.Equal(random[offset..(offset + count)], start.Values[offset..(offset + count)]);
            }

            offset += count;
        }

        Assert.Equal(offset, start.Values.Length);
        Assert.InRange(start.Pretraining[0].Parameters, 1, other.Layout.Count - 1);
    }

    [Fact]
    public void A_run_without_a_common_parameter_is_refused()
    {
        var before = new TestRun.SmallNetwork(TestNetworks.Classification(usesSymmetry: false));
        TestRun.Train(_folder["before"], TestRun.Options(1), before);
        Network other = TestRun.Description(TestRun.Options(1)).BuildNetwork();
        RunFolderException error = Assert.Throws<RunFolderException>(() => StartingValues.Take(RunFolder.Open(_folder["before"]), other, 0));
        Assert.Contains("shares parameters", error.Message, StringComparison.Ordinal);
    }
}
