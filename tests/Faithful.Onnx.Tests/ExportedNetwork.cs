using Faithful.Models;
using Faithful.Networks;

namespace Faithful.Onnx.Tests;

/// <summary>A small network with random values, exported to a folder.</summary>
internal sealed record ExportedNetwork(Network Network, float[] Values, ModelCard Card)
{
    public static ExportedNetwork Create(string folder, bool classification, bool usesSymmetry, NetworkOptions? options = null)
    {
        var task = new ModelTask
        {
            Name = usesSymmetry ? "tqc" : "point-group",
            Kind = classification ? TaskKind.Classification : TaskKind.Regression,
            Classes = classification ? ["a", "b", "c"] : [],
            Unit = classification ? null : "eV/atom",
            UsesSymmetry = usesSymmetry,
        };
        Network network = (options ?? new CgnnOptions { Width = 24, Blocks = 2, RadialFunctions = 16 }).Build(
            new NetworkSpecification { Task = task, TargetMean = -1.5, TargetScale = 0.75 });
        float[] values = network.Layout.Initialize(5);
        var random = new Random(5);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += (float)(0.2 * (random.NextDouble() - 0.5)); // no parameter stays at 0 or 1
        }

        var card = new ModelCard
        {
            Model = network.Name,
            Preset = "best",
            Task = task,
            Preparation = new PreparationOptions { Cutoff = 5, UsesSymmetry = usesSymmetry },
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
        };
        return new ExportedNetwork(network, values, NetworkExporter.Export(network, values, card, folder));
    }
}
