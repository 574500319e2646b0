using Faithful.Models;
using Faithful.Models.Metrics;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Networks.Tests.Training;

// Libtorch has one source of random numbers for the whole process: two runs at once would draw from it in turn.
[CollectionDefinition(nameof(TrainerTests), DisableParallelization = true)]
[Collection(nameof(TrainerTests))]
public sealed class TrainerTests : IDisposable
{
    private static readonly ModelTask Task = TestNetworks.Classification(usesSymmetry: false);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_learns_what_can_be_learned()
    {
        TrainingResult result = TestRun.Train(_folder["learn"], TestRun.Options(25));
        Assert.True(result.Best.ValidationMetric > 0.85, $"accuracy {result.Best.ValidationMetric}");
        IReadOnlyList<EpochMeasurement> measurements = RunFolder.Open(_folder["learn"]).ReadMeasurements();
        Assert.Equal(Enumerable.Range(1, 25), measurements.Select(measurement => measurement.Epoch));
        Assert.True(measurements[^1].TrainingLoss < measurements[0].TrainingLoss / 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void A_run_that_was_stopped_and_resumed_equals_one_that_was_not(double average)
    {
        TrainingOptions options = TestRun.Options(6) with { WeightAverage = average, AtomBudget = 20, LabelSmoothing = 0.1, ClassWeights = ClassWeighting.SquareRoot };
        var network = new TestRun.SmallNetwork(Task, dropout: 0.3);
        TestRun.Train(_folder["whole"], options, network);
        TrainingResult cut = TestRun.Train(_folder["parts"], options, network, stopAfter: 3);
        Assert.True(cut.Cancelled);
        Assert.Equal(3, cut.Epochs);
        TrainingResult resumed = TestRun.Train(_folder["parts"], options, network, resume: true);
        Assert.False(resumed.Cancelled);

        Assert.Equal(Bytes("whole", "checkpoint.safetensors"), Bytes("parts", "checkpoint.safetensors"));
        Assert.Equal(Bytes("whole", "best.safetensors"), Bytes("parts", "best.safetensors"));
        Assert.Equal(Results("whole"), Results("parts"));

        byte[] Bytes(string run, string name) => File.ReadAllBytes(Path.Combine(_folder[run], name));
        EpochMeasurement[] Results(string run) =>
            [.. RunFolder.Open(_folder[run]).ReadMeasurements().Select(measurement => measurement with { Seconds = 0, StructuresPerSecond = 0 })];
    }

    // Sweeps train several networks at once, and libtorch has one source of random numbers for all threads.
    [Fact]
    public void Runs_at_the_same_time_equal_one_alone()
    {
        TrainingOptions options = TestRun.Options(4);
        TestRun.Train(_folder["alone"], options, new TestRun.SmallNetwork(Task, dropout: 0.3));
        string[] together = ["a", "b", "c"];
        Parallel.ForEach(together, name => TestRun.Train(_folder[name], options, new TestRun.SmallNetwork(Task, dropout: 0.3)));
        byte[] alone = File.ReadAllBytes(Path.Combine(_folder["alone"], "checkpoint.safetensors"));
        Assert.All(together, name => Assert.Equal(alone, File.ReadAllBytes(Path.Combine(_folder[name], "checkpoint.safetensors"))));
    }

    [Fact]
    public void Validation_is_what_the_kept_weights_give_and_counts_the_fallbacks()
    {
        TrainingOptions options = TestRun.Options(3) with { WeightAverage = 0.8 };
        var network = new TestRun.SmallNetwork(Task);
        var fallbacks = new FallbackCrystals([2, 1, 2, 0], Answer: 2);
        TrainingResult result = TestRun.Train(_folder["run"], options, network, fallbacks: fallbacks);
        RunFolder run = RunFolder.Open(_folder["run"]);
        Checkpoint last = run.ReadCheckpoint(network.Layout.Count)!;
        Assert.NotEqual(last.Parameters, last.Average);

        using var state = new NetworkState(network.Layout, run.ReadBest(network), torch.CPU);
        float[] logits = Trainer.Predict(network, state, CrystalBatch.Pack(TestRun.Crystals));
        int[] predicted = [.. logits.Chunk(3).Select(row => Array.IndexOf(row, row.Max())), .. fallbacks.Targets.Select(_ => 2)];
        int[] truth = [.. TestRun.Targets.Concat(fallbacks.Targets).Select(target => (int)target)];
        var metrics = new ClassificationMetrics(truth, predicted, 3);
        Assert.Equal((metrics.Accuracy, metrics.MacroF1), (result.Best.ValidationMetric, result.Best.ValidationMacroF1));
    }

    [Fact]
    public void The_average_follows_the_weights_faster_at_first()
    {
        ParameterLayout layout = new();
        layout.Add("w", ParameterInitialization.Zeros, 1);
        using var weights = new NetworkState(layout, [1], torch.CPU);
        using var average = new AveragedWeights(layout, [0], 0.5, torch.CPU);
        double expected = 0;
        for (int step = 1; step <= 20; step++)
        {
            average.Update(weights, step);
            double decay = Math.Min(0.5, (1.0 + step) / (10 + step));
            expected = decay * expected + 1 - decay;
            Assert.Equal(expected, average.State.ToArray()[0], 1e-6);
        }
    }

    [Fact]
    public void Patience_ends_a_run_and_a_resumed_one_has_nothing_left_to_do()
    {
        // Nothing that a network reads tells these classes apart, so that soon no epoch is better.
        TrainingOptions options = TestRun.Options(500) with { Patience = 3, LearningRate = 1e-6 };
        TrainingResult result = TestRun.Train(_folder["run"], options, new TestRun.SmallNetwork(Task));
        Assert.True(result.StoppedEarly);
        Assert.Equal(result.Best.Epoch + 3, result.Epochs);
        TrainingResult again = TestRun.Train(_folder["run"], options, new TestRun.SmallNetwork(Task), resume: true);
        Assert.Equal((result.Epochs, true), (again.Epochs, again.StoppedEarly));
    }

    [Fact]
    public void Batches_computed_in_parts_train_the_same_network_whether_asked_for_or_because_memory_is_short()
    {
        TrainingOptions options = TestRun.Options(2);
        TestRun.Train(_folder["whole"], options, new TestRun.SmallNetwork(Task));
        TestRun.Train(_folder["parts"], options with { BatchParts = 3 }, new TestRun.SmallNetwork(Task, capacity: 4));
        TestRun.Train(_folder["short"], options, new TestRun.SmallNetwork(Task, capacity: 3));
        Checkpoint whole = Last("whole"), parts = Last("parts"), @short = Last("short");
        Assert.Equal((0, 0, 2), (whole.Halvings, parts.Halvings, @short.Halvings)); // 10 crystals, at most 3 at a time
        foreach (Checkpoint other in new[] { parts, @short })
        {
            Assert.Equal(whole.Steps, other.Steps);
            Assert.All(whole.Parameters.Zip(other.Parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }

        // A device that cannot take a single crystal is no endless loop.
        Exception error = Assert.ThrowsAny<Exception>(() => TestRun.Train(_folder["none"], options, new TestRun.SmallNetwork(Task, capacity: 0)));
        Assert.Contains("out of memory", error.Message, StringComparison.Ordinal);

        Checkpoint Last(string name) => RunFolder.Open(_folder[name]).ReadCheckpoint(new TestRun.SmallNetwork(Task).Layout.Count)!;
    }

    [Fact]
    public void A_loss_that_is_not_a_number_names_the_crystals_and_leaves_the_last_good_checkpoint()
    {
        TrainingOptions options = TestRun.Options(3);
        double[] targets = [.. TestRun.Targets];
        targets[17] = double.NaN;
        Network network = TestNetworks.Cgnn(TestNetworks.Regression);
        using var data = new ResidentDataset(TestRun.Crystals, targets, TaskKind.Regression, torch.CPU)
        {
            Ids = [.. Enumerable.Range(0, TestRun.Count).Select(i => $"mp-{i}")],
        };
        RunFolder run = RunFolder.Create(_folder["nan"], TestRun.Description(options));
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => Trainer.Run(network, data, data, options, run));
        Assert.Contains("mp-17", error.Ids);
        Assert.InRange(error.Ids.Count, 1, 10);
        Assert.Contains("mp-17", error.Message, StringComparison.Ordinal);
        Assert.Null(run.ReadCheckpoint(network.Layout.Count));
    }

    [Fact]
    public void A_network_that_reads_the_symmetry_is_refused_where_the_task_asks_for_it()
    {
        foreach (ModelInput input in new[] { ModelInput.SpaceGroups, ModelInput.SiteSymmetries })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(
                () => TestRun.Train(_folder[input.Name], TestRun.Options(1), new TestRun.SmallNetwork(Task, more: input)));
            Assert.Contains(input.Name, error.Message, StringComparison.Ordinal);
        }

        RunDescription standardised = TestRun.Description(TestRun.Options(1)) with { Preparation = new PreparationOptions { Cutoff = 4, UsesSymmetry = true } };
        Assert.Throws<ArgumentException>(standardised.BuildNetwork);
    }

    [Theory]
    [InlineData(ComputePrecision.TensorFloat32)]
    [InlineData(ComputePrecision.BFloat16)]
    public void Lower_precision_learns_too(ComputePrecision precision)
    {
        TestRun.Train(_folder["run"], TestRun.Options(4) with { Precision = precision });
        IReadOnlyList<EpochMeasurement> measurements = RunFolder.Open(_folder["run"]).ReadMeasurements();
        Assert.True(measurements[^1].TrainingLoss < measurements[0].TrainingLoss);
    }
}
