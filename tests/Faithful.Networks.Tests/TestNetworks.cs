using Faithful.Crystals;
using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Tests;

/// <summary>Small networks with random values, for laws that hold whatever the values are.</summary>
internal static class TestNetworks
{
    public static ModelTask Classification(bool usesSymmetry) => new()
    {
        Name = usesSymmetry ? "tqc" : "point-group",
        Kind = TaskKind.Classification,
        Classes = ["a", "b", "c"],
        UsesSymmetry = usesSymmetry,
    };

    public static ModelTask Regression => new()
    {
        Name = "formation-energy",
        Kind = TaskKind.Regression,
        Unit = "eV/atom",
        UsesSymmetry = true,
    };

    public static Network Cgnn(ModelTask task) => new CgnnOptions { Width = 16, Blocks = 2, RadialFunctions = 12 }.Build(
        new NetworkSpecification { Task = task, TargetMean = -1.5, TargetScale = 0.75 });

    public static Network Ccnn(ModelTask task, CcnnOptions? options = null) => (options ?? SmallCcnn).Build(
        new NetworkSpecification { Task = task, TargetMean = -1.5, TargetScale = 0.75 });

    /// <summary>The preset best, narrower, and without the hidden layer of the head.</summary>
    public static CcnnOptions SmallCcnn => new()
    {
        Width = 16,
        AtomChannels = 6,
        Stages = [new(6, 3, 1, 1), new(8, 3, 2, 1), new(8, 3, 2, 0)],
        HeadWidths = [16],
    };

    /// <summary>The preset paper on a smaller grid, with fewer stages.</summary>
    public static CcnnOptions SmallPaperCcnn => CcnnOptions.Paper with
    {
        Grid = 14,
        Width = 16,
        Stages = [new(6, 5, 2, 0), new(6, 1, 1, 0), new(8, 7, 7, 0)],
        HeadWidths = [16],
    };

    public static PreparationOptions Preparation(Network network) => new()
    {
        Cutoff = 5,
        UsesSymmetry = network.Specification.Task.UsesSymmetry,
    };

    /// <summary>Starting values with noise on top, so that no parameter stays at a special value such as 0.</summary>
    public static float[] Values(Network network, int seed = 3)
    {
        float[] values = network.Layout.Initialize(seed);
        var random = new Random(seed);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += (float)(0.2 * (random.NextDouble() - 0.5));
        }

        return values;
    }

    public static CrystalBatch Batch(Network network, params IEnumerable<Crystal> crystals) =>
        CrystalBatch.Pack([.. crystals.Select(crystal => CrystalPreparation.Prepare(crystal, Preparation(network)))]);

    public static float[] Predict(Network network, NetworkState state, params IEnumerable<Crystal> crystals) =>
        Networks.Training.Trainer.Predict(network, state, Batch(network, crystals));
}
