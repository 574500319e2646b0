using System.Globalization;
using Faithful.Crystals;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Embeddings;
using Faithful.Onnx;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

/// <summary>Model folders around untrained networks, and crystals to predict with them.</summary>
internal static class TestModels
{
    public static ModelTask Topology { get; } = new()
    {
        Name = "tqc",
        Kind = TaskKind.Classification,
        Classes = ["LCEBR", "NLC", "SEBR", "ES", "ESFD"],
        UsesSymmetry = false,
    };

    public static ModelTask Energy { get; } = new()
    {
        Name = "formation-energy",
        Kind = TaskKind.Regression,
        Unit = "eV/atom",
        UsesSymmetry = false,
    };

    /// <summary>Writes a model folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="task">The task of the network.</param>
    /// <param name="alter">Alters the card that is written; the hash of the model is filled in afterwards.</param>
    /// <param name="metadataVersion">The format version in the metadata of the ONNX file.</param>
    /// <param name="seed">The seed of the parameters.</param>
    public static void Export(string folder, ModelTask task, Func<ModelCard, ModelCard>? alter = null, int metadataVersion = 1, int seed = 7)
    {
        Network network = new CgnnOptions { Width = 32, Cutoff = 6, Global = GlobalEncoding.Plain }.Build(new NetworkSpecification { Task = task });
        float[] values = network.Layout.Initialize(seed);
        ModelCard card = Card(task, network);
        string digest = NetworkExporter.Export(network, values, card with { FormatVersion = metadataVersion }, folder).ModelSha256;
        ModelCard written = (alter?.Invoke(card) ?? card) with { ModelSha256 = digest };
        AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), written.ToJson());
    }

    /// <summary>Writes a card over the one that is there, so that it fits what <c>model.onnx</c> now holds.</summary>
    public static void AcceptModelFile(string folder)
    {
        byte[] model = File.ReadAllBytes(Path.Combine(folder, ModelCard.ModelFileName));
        ModelCard card = ModelCard.Read(folder) with
        {
            ModelSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(model)),
        };
        AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), card.ToJson());
    }

    /// <summary>Makes random crystals of 1, 2, … 6 atoms, again and again.</summary>
    public static (string Id, Crystal Crystal)[] Crystals(int count, int seed)
    {
        var random = new RandomCrystals(seed);
        return [.. Enumerable.Range(0, count).Select(i => (i.ToString(CultureInfo.InvariantCulture), random.Crystal(atoms: 1 + i % 6)))];
    }

    /// <summary>Makes a simple cubic crystal.</summary>
    public static Crystal Cubic(string symbol, double length) =>
        new(Lattice.Cubic(length), [Element.FromSymbol(symbol)], [new Vector3D(0, 0, 0)]);

    internal static ModelCard Card(ModelTask task, Network network) => new()
    {
        Model = network.Name,
        Preset = "best",
        Task = task,
        Preparation = new PreparationOptions { Cutoff = 5, UsesSymmetry = task.UsesSymmetry, MaxAtoms = 20 },
        Inputs = [.. network.Inputs.Select(input => input.Name)],
        Fallback = task.Kind == TaskKind.Classification
            ? new() { ClassFrequencies = [.. task.Classes.Select((_, i) => (i + 1) / (task.Classes.Count * (task.Classes.Count + 1) / 2.0))] }
            : new() { Median = -1.25 },
        Training = new TrainingSummary
        {
            Data = "none",
            DataSha256 = new string('0', 64),
            Crystals = 1,
            Epochs = 0,
            BestEpoch = 0,
            Seed = 0,
            TestFraction = 0.1,
            ValidationFraction = 0.1,
            Elements = [.. Enumerable.Range(1, 83)],
            SmallestVolumePerAtom = 2,
            LargestVolumePerAtom = 400,
        },
        Parameters = network.Layout.Count,
    };
}
