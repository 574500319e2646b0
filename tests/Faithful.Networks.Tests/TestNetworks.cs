using Faithful.Crystals;
using Faithful.Models;
using Faithful.Networks.Embeddings;
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

    /// <summary>Gets every network in every preset.</summary>
    public static IEnumerable<object[]> All =>
        from model in NetworkPresets.Models from preset in NetworkPresets.Presets select new object[] { model, preset };

    public static Network Ccnn(ModelTask task, CcnnOptions? options = null) => Build(options ?? SmallCcnn, task);

    /// <summary>The preset best, narrower, and with what makes whole-voxel shifts change nothing.</summary>
    public static CcnnOptions SmallCcnn => new()
    {
        Width = 16,
        AtomChannels = 6,
        Stages = [new(6, 3, 1, 1), new(8, 3, 2, 1), new(8, 3, 2, 0)],
        HeadWidths = [16],
        KeepsPhases = true,
        ReadsAtAtoms = true,
    };

    /// <summary>The preset paper on a smaller grid, with fewer stages.</summary>
    public static CcnnOptions SmallPaperCcnn => CcnnOptions.Paper with
    {
        Grid = 14,
        Width = 16,
        Stages = [new(6, 5, 2, 0), new(6, 1, 1, 0), new(8, 7, 7, 0)],
        HeadWidths = [16],
    };

    /// <summary>Gets the network whose answer depends on nothing but the crystal, whatever the task.</summary>
    public static Network Cgnn(ModelTask task) => Build(new CgnnOptions { Width = 16, Blocks = 2, RadialFunctions = 12, Global = GlobalEncoding.Plain, Elements = ElementEncoding.LeftStep, Dropout = 0 }, task);

    /// <summary>Gets a network of few parameters that has every part of the preset's.</summary>
    public static Network Small(string model, string preset, ModelTask task) => Build(NetworkPresets.Find(model, preset) switch
    {
        CgnnOptions options => options with { Width = 16, Blocks = 2, RadialFunctions = 12 },
        NnnOptions options => options with { Width = 24 },
        CannOptions options => options with { Width = 32, Blocks = 2, Heads = 2 },
        CcnnOptions => preset == "paper" ? SmallPaperCcnn : SmallCcnn,
        NetworkOptions options => options,
    }, task);

    public static Network Build(NetworkOptions options, ModelTask task) =>
        options.Build(new NetworkSpecification { Task = task, TargetMean = -1.5, TargetScale = 0.75 });

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
        CrystalBatch.Pack([.. crystals.Select(crystal => CrystalPreparation.Prepare(crystal, network.Preparation))]);

    public static float[] Predict(Network network, NetworkState state, params IEnumerable<Crystal> crystals) =>
        Networks.Training.Trainer.Predict(network, state, Batch(network, crystals));
}
