using Faithful.Crystals;
using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Networks.Tests.Training;

/// <summary>A small data set on which something can be learned: whether a crystal is dense or thin.</summary>
internal static class TestRun
{
    public const int Count = 48;

    static TestRun()
    {
        var random = new RandomCrystals(21);
        Crystal[] crystals = [.. Enumerable.Range(0, Count).Select(_ => random.Crystal(atoms: random.Integer(1, 4)))];
        double median = crystals.Select(crystal => crystal.VolumePerAtom).Order().ElementAt(Count / 2);
        Targets = [.. crystals.Select(crystal => crystal.VolumePerAtom < median ? 0.0 : 1.0)];
        Crystals = [.. crystals.Select(crystal => CrystalPreparation.Prepare(crystal, new PreparationOptions { Cutoff = 4 }))];
    }

    public static IReadOnlyList<PreparedCrystal> Crystals { get; }

    public static IReadOnlyList<double> Targets { get; }

    public static TrainingOptions Options(int epochs) => new() { Epochs = epochs, BatchSize = 10, LearningRate = 0.01 };

    public static RunDescription Description(TrainingOptions options) => new()
    {
        Model = "cgnn",
        Preset = "best",
        Task = TestNetworks.Classification(usesSymmetry: false),
        Network = new CgnnOptions
        {
            Width = 16,
            Blocks = 2,
            RadialFunctions = 12,
            Cutoff = 4,
            Global = GlobalEncoding.Plain,
            Elements = ElementEncoding.LeftStep,
            Dropout = 0,
        },
        Preparation = new PreparationOptions { Cutoff = 4 },
        Training = options,
        Fallback = new FallbackPrediction { ClassFrequencies = [0.5, 0.5, 0] },
        Data = new TrainingSummary
        {
            Data = "random",
            DataSha256 = "",
            Crystals = Count,
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

    public static ResidentDataset Data(IReadOnlyList<double>? targets = null, FallbackCrystals? fallbacks = null) =>
        new(Crystals, targets ?? Targets, TaskKind.Classification, torch.CPU)
        {
            Ids = [.. Enumerable.Range(0, Count).Select(i => $"mp-{i}")],
            Fallbacks = fallbacks,
        };

    /// <summary>Trains in a new folder, or goes on with what is in it.</summary>
    public static TrainingResult Train(
        string path, TrainingOptions options, Network? network = null, bool resume = false, int stopAfter = int.MaxValue, FallbackCrystals? fallbacks = null,
        StartingValues? start = null)
    {
        RunDescription description = Description(options);
        using ResidentDataset training = Data();
        using ResidentDataset validation = Data(fallbacks: fallbacks);
        using var stop = new CancellationTokenSource();
        RunFolder run = resume ? RunFolder.Open(path) : RunFolder.Create(path, description);
        return Trainer.Run(network ?? description.BuildNetwork(), training, validation, options, run, new StopAfter(stopAfter, stop), start, stop.Token);
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

    /// <summary>
    /// The sum of a vector for each element, some of it dropped at random while training, on a device whose memory holds only so
    /// many crystals.
    /// </summary>
    public sealed class SmallNetwork : Network
    {
        private const int Width = 8;

        private readonly int _capacity;
        private readonly double _dropout;
        private readonly ParameterReference _table, _weight;
        private readonly ModelInput[] _inputs;

        public SmallNetwork(ModelTask task, int capacity = int.MaxValue, double dropout = 0, params ModelInput[] more)
            : base(new CgnnOptions(), new NetworkSpecification { Task = task })
        {
            (_capacity, _dropout) = (capacity, dropout);
            _table = Layout.Add("table", ParameterInitialization.Normal, 119, Width);
            _weight = Layout.Add("weight", ParameterInitialization.UniformFanIn, task.OutputWidth, Width);
            _inputs = [ModelInput.AtomicNumbers, ModelInput.CrystalIndex, ModelInput.Lattices, .. more];
        }

        public override string Name => "small";

        public override IReadOnlyList<ModelInput> Inputs => _inputs;

        protected override TensorValue Compute(TensorOperations operations)
        {
            TensorValue lattices = operations.Input(ModelInput.Lattices);
            if (((EagerTensor)lattices).Tensor.shape[0] > _capacity)
            {
                throw new InvalidOperationException("CUDA out of memory. Tried to allocate 2.00 GiB.");
            }

            TensorValue atoms = operations.Gather(operations.Parameter(_table), operations.Input(ModelInput.AtomicNumbers));
            TensorValue sums = operations.SegmentSum(operations.Dropout(atoms, _dropout), operations.Input(ModelInput.CrystalIndex), lattices);
            return operations.Linear(sums, operations.Parameter(_weight), null);
        }
    }
}
