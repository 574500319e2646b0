using Faithful.Crystals;
using Faithful.Models;
using Faithful.Networks.Training;
using Faithful.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PreparedCrystal[] _crystals;
    private readonly double[] _targets;

    public TrainerTests()
    {
        // Something that can be learned: whether a crystal is dense or thin.
        var random = new RandomCrystals(21);
        Crystal[] crystals = [.. Enumerable.Range(0, 48).Select(_ => random.Crystal(atoms: random.Integer(1, 4)))];
        double median = crystals.Select(crystal => crystal.VolumePerAtom).Order().ElementAt(24);
        _targets = [.. crystals.Select(crystal => crystal.VolumePerAtom < median ? 0.0 : 1.0)];
        _crystals = [.. crystals.Select(crystal => CrystalPreparation.Prepare(crystal, new PreparationOptions { Cutoff = 4 }))];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_batch_assembled_on_the_device_is_the_packed_batch()
    {
        using ResidentDataset data = Resident();
        long[] chosen = [5, 0, 47, 5, 12];
        using DisposeScope scope = torch.NewDisposeScope();
        (IReadOnlyDictionary<string, Tensor> inputs, Tensor targets) = data.Batch(chosen);
        CrystalBatch packed = CrystalBatch.Pack([.. chosen.Select(i => _crystals[i])]);
        foreach (ModelInput input in ModelInput.All)
        {
            Tensor tensor = inputs[input.Name];
            Assert.Equal(packed.Shape(input), tensor.shape);
            if (input.IsInteger)
            {
                Assert.Equal((long[])packed.Values(input), tensor.data<long>().ToArray());
            }
            else
            {
                Assert.Equal((float[])packed.Values(input), tensor.data<float>().ToArray());
            }
        }

        Assert.Equal(chosen.Select(i => (long)_targets[i]), targets.data<long>().ToArray());
        Assert.Equal((packed.Atoms, packed.Edges), ((int)data.Size(chosen).Atoms, (int)data.Size(chosen).Edges));
    }

    [Fact]
    public void Training_learns_what_can_be_learned()
    {
        TrainingResult result = Train("learn", epochs: 25);
        Assert.True(result.Best.ValidationMetric > 0.85, $"accuracy {result.Best.ValidationMetric}");
        IReadOnlyList<EpochMeasurement> measurements = RunFolder.Open(_folder["learn"]).ReadMeasurements();
        Assert.Equal(Enumerable.Range(1, 25), measurements.Select(measurement => measurement.Epoch));
        Assert.True(measurements[^1].TrainingLoss < measurements[0].TrainingLoss / 2);
    }

    [Fact]
    public void A_run_that_was_stopped_and_resumed_equals_one_that_was_not()
    {
        Train("whole", epochs: 6);
        using var stop = new CancellationTokenSource();
        TrainingResult cut = Train("parts", epochs: 6, stopAfter: 3);
        Assert.True(cut.Cancelled);
        Assert.Equal(3, cut.Epochs);
        TrainingResult resumed = Train("parts", epochs: 6, resume: true);
        Assert.False(resumed.Cancelled);

        Checkpoint whole = Last("whole"), parts = Last("parts");
        Assert.Equal(whole.Steps, parts.Steps);
        Assert.Equal(whole.Parameters, parts.Parameters);
        Assert.Equal(whole.FirstMoment, parts.FirstMoment);
        Assert.Equal(whole.SecondMoment, parts.SecondMoment);

        Checkpoint Last(string name) => RunFolder.Open(_folder[name]).ReadCheckpoint(Description(6).BuildNetwork().Layout.Count)!;
    }

    [Fact]
    public void A_run_is_neither_overwritten_nor_resumed_with_other_options()
    {
        Train("run", epochs: 1);
        string path = _folder["run"];
        Assert.Throws<RunFolderException>(() => RunFolder.Create(path, Description(1)));
        RunFolderException error = Assert.Throws<RunFolderException>(() => RunFolder.Open(path).CheckSame(Description(2)));
        Assert.Contains("\"epochs\": 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"epochs\": 1", error.Message, StringComparison.Ordinal);
        RunFolder.Open(path).CheckSame(Description(1));
    }

    [Fact]
    public void A_checkpoint_cut_short_is_refused_and_left_alone()
    {
        Train("cut", epochs: 1);
        string checkpoint = Path.Combine(_folder.Path, "cut", "checkpoint.safetensors");
        byte[] bytes = File.ReadAllBytes(checkpoint);
        File.WriteAllBytes(checkpoint, bytes[..^100]);
        Assert.Throws<RunFolderException>(() => Train("cut", epochs: 1, resume: true));
        Assert.Equal(bytes.Length - 100, new FileInfo(checkpoint).Length);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_ends_the_run_with_the_last_good_checkpoint()
    {
        RunDescription description = Description(3) with { Training = Description(3).Training with { LearningRate = 1, GradientClipNorm = 1e30 } };
        double[] targets = [.. _targets.Select(target => target == 0 ? -1e38 : 1e38)];
        Network network = TestNetworks.Cgnn(TestNetworks.Regression);
        using var data = new ResidentDataset(_crystals, targets, TaskKind.Regression, torch.CPU);
        RunFolder run = RunFolder.Create(_folder["nan"], description);
        Assert.Throws<NonFiniteLossException>(() => Trainer.Run(network, data, data, description.Training, run));
        Assert.Null(run.ReadCheckpoint(network.Layout.Count));
    }

    private static RunDescription Description(int epochs) => new()
    {
        Model = "cgnn",
        Preset = "best",
        Task = TestNetworks.Classification(usesSymmetry: false),
        Network = new CgnnOptions { Width = 16, Blocks = 2, RadialFunctions = 12, Cutoff = 4 },
        Preparation = new PreparationOptions { Cutoff = 4 },
        Training = new TrainingOptions { Epochs = epochs, BatchSize = 10, LearningRate = 0.01 },
        Fallback = new FallbackPrediction { ClassFrequencies = [0.5, 0.5, 0] },
        Data = new TrainingSummary
        {
            Data = "random",
            DataSha256 = "",
            Crystals = 48,
            Epochs = 0,
            BestEpoch = 0,
            Seed = 0,
            TestFraction = 0,
            ValidationFraction = 0,
            Elements = [],
            SmallestVolumePerAtom = 8,
            LargestVolumePerAtom = 30,
        },
    };

    private ResidentDataset Resident() => new(_crystals, _targets, TaskKind.Classification, torch.CPU);

    private TrainingResult Train(string name, int epochs, int stopAfter = int.MaxValue, bool resume = false)
    {
        RunDescription description = Description(epochs);
        using ResidentDataset data = Resident();
        using var stop = new CancellationTokenSource();
        string path = _folder[name];
        RunFolder run = resume ? RunFolder.Open(path) : RunFolder.Create(path, description);
        return Trainer.Run(
            description.BuildNetwork(), data, data, description.Training, run, new StopAfter(stopAfter, stop), stop.Token);
    }

    private sealed class StopAfter(int epoch, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Finished?.Epoch >= epoch)
            {
                stop.Cancel();
            }
        }
    }
}
