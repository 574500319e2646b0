using Faithful.Crystals;
using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Networks.Training;
using Faithful.Pipelines.Tests.Trees;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Pipelines.Tests.Sweeps;

/// <summary>Data for sweeps that train in no time: synthetic descriptors for trees, a handful of random crystals for networks.</summary>
internal sealed class SyntheticSweepData(ModelTask task, string digest = "synthetic") : ISweepData
{
    public ModelTask Task => task;

    public string Digest => digest;

    public int Descriptions { get; private set; }

    public static SweptModel Trees { get; } = new()
    {
        Model = "gbt",
        Preset = "claussen",
        Trees = SyntheticCrystals.Options with { LearningRate = 0.02, NumberOfLeaves = 2, NumberOfTrees = 12 },
    };

    public SweepParts<DescribedCrystals> Describe(DescriptorSet descriptors, CancellationToken cancellation)
    {
        Descriptions++;
        DescribedCrystals training = SyntheticCrystals.Draw(task, 200, 1);
        return new(training, SyntheticCrystals.Draw(task, 100, 2), training.Targets, Summary);
    }

    public SweepParts<ResidentDataset> Load(PreparationOptions preparation, CancellationToken cancellation)
    {
        (ResidentDataset training, double[] targets) = Draw(preparation, 48, 3);
        return new(training, Draw(preparation, 24, 4).Data, targets, Summary);
    }

    public void Dispose()
    {
    }

    private (ResidentDataset Data, double[] Targets) Draw(PreparationOptions preparation, int count, int seed)
    {
        var random = new RandomCrystals(seed);
        Crystal[] crystals = [.. Enumerable.Range(0, count).Select(_ => random.Crystal(random.Integer(1, 4)))];
        double[] targets = [.. crystals.Select(crystal => (double)(crystal.Species[0].AtomicNumber % 3))];
        return (
            new ResidentDataset([.. crystals.Select(crystal => CrystalPreparation.Prepare(crystal, preparation))], targets, task.Kind, torch.CPU),
            targets);
    }

    private static TrainingSummary Summary { get; } = new()
    {
        Data = "synthetic",
        DataSha256 = "00",
        Crystals = 200,
        Epochs = 0,
        BestEpoch = 0,
        Seed = 0,
        TestFraction = 0.1,
        ValidationFraction = 0.1,
        Elements = [1],
        SmallestVolumePerAtom = 1,
        LargestVolumePerAtom = 2,
    };
}
