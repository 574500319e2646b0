using Faithful.Models;
using Faithful.Networks;

namespace Faithful.Onnx.Tests;

/// <summary>A small network with random values, exported to a folder.</summary>
internal sealed record ExportedNetwork(Network Network, float[] Values, ModelCard Card)
{
    public static ExportedNetwork Create(string folder, bool classification, bool usesSymmetry, string model = "cgnn", string preset = "best", WeightFormat weights = WeightFormat.Float32, bool portable = false)
    {
        var task = new ModelTask
        {
            Name = usesSymmetry ? "tqc" : "point-group",
            Kind = classification ? TaskKind.Classification : TaskKind.Regression,
            Classes = classification ? ["a", "b", "c"] : [],
            Unit = classification ? null : "eV/atom",
            UsesSymmetry = usesSymmetry,
        };
        NetworkOptions options = NetworkPresets.Find(model, preset) switch
        {
            CgnnOptions found => found with { Width = 24, Blocks = 2, RadialFunctions = 16 },
            NnnOptions found => found with { Width = 24 },
            CannOptions found => found with { Width = 32, Blocks = 2, Heads = 2 },
            CcnnOptions found when preset == "paper" => found with { Grid = 14, Width = 16, Stages = [new(6, 5, 2, 0), new(8, 7, 7, 0)], HeadWidths = [16] },
            CcnnOptions found => found with { Width = 24, AtomChannels = 8, Stages = [new(8, 3, 1, 1), new(12, 3, 2, 1)], HeadWidths = [16] },
            NetworkOptions found => found,
        };
        Network network = options.Build(new NetworkSpecification { Task = task, TargetMean = -1.5, TargetScale = 0.75 });
        float[] values = network.Layout.Initialize(5);
        var random = new Random(5);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += (float)(0.2 * (random.NextDouble() - 0.5)); // no parameter stays at 0 or 1
        }

        var card = new ModelCard
        {
            Model = network.Name,
            Preset = preset,
            Task = task,
            Preparation = network.Preparation,
            Inputs = [.. network.Inputs.Select(input => input.Name)],
            Fallback = classification
                ? new FallbackPrediction { ClassFrequencies = [0.5, 0.3, 0.2] }
                : new FallbackPrediction { Median = -1.2 },
            Training = new TrainingSummary
            {
                Data = "random",
                DataSha256 = new string('0', 64),
                Crystals = 1,
                Epochs = 1,
                BestEpoch = 1,
                Seed = 0,
                TestFraction = 0.1,
                ValidationFraction = 0.1,
                Elements = [.. Enumerable.Range(1, 118)],
                SmallestVolumePerAtom = 1,
                LargestVolumePerAtom = 1000,
            },
            Parameters = network.Layout.Count,
            Weights = weights,
        };
        return new ExportedNetwork(network, values, NetworkExporter.Export(network, values, card, folder, portable));
    }
}
