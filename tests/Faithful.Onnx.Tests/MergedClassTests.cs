using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Serving;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Onnx.Tests;

/// <summary>A file that answers a coarser task has the sums of the probabilities that the file of the finer one has.</summary>
public sealed class MergedClassTests : IDisposable
{
    private static readonly ServingOptions Processor = new() { Device = ServingDevice.Cpu };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(MaxTest = 30, Replay = "20302,11")]
    public void Of_trees(ushort seed)
    {
        var random = new RandomTrees(seed);
        TreeModel model = random.Model(5);
        ModelCard card = RandomTrees.Card(model, RandomTrees.Task(5));
        ClassMerge merge = Merge(card.Task, seed);
        TreeExporter.Export(model, Merged(card, merge), _folder.Path);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, Processor);
        float[][] rows = [.. Enumerable.Range(0, 40).Select(_ => random.Row(model.Descriptors.Count))];
        ModelOutput output = predictor.Run(CrystalBatch.Pack([.. rows.Select(row => PreparedCrystal.Described(row, 0))]));
        AssertSums(merge, [.. rows.SelectMany(Evaluate)], output);

        float[] Evaluate(float[] row)
        {
            var probabilities = new float[model.OutputWidth];
            model.Evaluate(row, probabilities);
            return probabilities;
        }
    }

    [Theory]
    [InlineData("nnn", false)]
    [InlineData("cgnn", false)]
    [InlineData("cgnn", true)]
    [InlineData("cann", true)]
    [InlineData("ccnn", false)]
    public void Of_networks(string model, bool portable)
    {
        ExportedNetwork finer = ExportedNetwork.Create(_folder["finer"], classification: true, usesSymmetry: false, model);
        ClassMerge merge = Merge(finer.Card.Task, 1);
        NetworkExporter.Export(finer.Network, finer.Values, Merged(finer.Card, merge), _folder["coarser"], portable);
        if (portable)
        {
            File.Copy(_folder["coarser/model.portable.onnx"], _folder["coarser/model.onnx"], overwrite: true);
            ModelCard written = ModelCard.Read(_folder["coarser"]);
            File.WriteAllText(_folder["coarser/card.json"], (written with { ModelSha256 = written.PortableSha256!, PortableSha256 = null }).ToJson());
        }

        var crystals = new RandomCrystals(29);
        CrystalBatch batch = CrystalBatch.Pack(
            [.. Enumerable.Range(0, 12).Select(_ => CrystalPreparation.Prepare(crystals.Crystal(), finer.Card.Preparation)).Where(crystal => crystal.FallbackReason is null)]);
        using CrystalPredictor one = CrystalPredictor.Open(_folder["finer"], Processor), other = CrystalPredictor.Open(_folder["coarser"], Processor);
        AssertSums(merge, one.Run(batch).Probabilities, other.Run(batch));
    }

    [Fact]
    public void A_card_with_a_place_too_many_or_an_empty_one_is_refused()
    {
        TreeModel model = new RandomTrees(5).Model(5);
        ModelCard card = RandomTrees.Card(model, RandomTrees.Task(5));
        Assert.All<int[]>([[0, 1, 1, 2, 2], [0, 0, 0, 0, 0], [0, 1, 1], [0, 1, 1, 1, -1]], places =>
        {
            ModelCard merged = Merged(card, Merge(card.Task, 1)) with { MergedFrom = new ClassMerge { Task = "finer", Classes = card.Task.Classes, Places = places } };
            Assert.Contains("a place among the 2 classes", Assert.Throws<ModelFolderException>(() => ModelCard.Parse(merged.ToJson(), "card")).Message, StringComparison.Ordinal);
        });
    }

    /// <summary>Two classes, of which each has one of the finer ones at least.</summary>
    private static ClassMerge Merge(ModelTask finer, int seed) => new()
    {
        Task = finer.Name,
        Classes = finer.Classes,
        Places = [.. finer.Classes.Select((_, i) => i < 2 ? i ^ (seed & 1) : (seed >> i) & 1)],
    };

    private static ModelCard Merged(ModelCard card, ClassMerge merge) => card with
    {
        Task = card.Task with { Name = "coarser", Classes = ["x", "y"] },
        MergedFrom = merge,
        Fallback = new FallbackPrediction { ClassFrequencies = merge.Sum(card.Fallback.ClassFrequencies) },
    };

    private static void AssertSums(ClassMerge merge, float[] finer, ModelOutput output)
    {
        float[] expected = [.. finer.Chunk(merge.Classes.Count).SelectMany(row => merge.Sum([.. row])).Select(sum => (float)sum)];
        Assert.Equal(expected.Length, output.Probabilities.Length);
        Assert.All(expected.Zip(output.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
        Assert.All(output.Logits.Zip(output.Probabilities), pair => Assert.Equal(Math.Log(Math.Max(pair.Second, 1.2e-38)), pair.First, 1e-4));
    }
}
