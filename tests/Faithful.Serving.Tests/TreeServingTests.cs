using System.Text.Json.Nodes;
using Faithful.Crystals;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Symmetry;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Onnx;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

/// <summary>A folder of trees is opened and asked like one of a network.</summary>
public sealed class TreeServingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(0, "claussen")]
    [InlineData(5, "claussen")]
    [InlineData(5, "best")]
    public void Predictions_are_those_of_the_trees_for_the_descriptors_of_each_crystal(int classes, string descriptors)
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        TreeModel model = Export(classes, descriptors);
        using CrystalPredictor predictor = Open();
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(CrystalPredictor.StreamWindow + 20, seed: 1);
        IReadOnlyList<Prediction> predictions = predictor.Predict(crystals);
        var expected = new float[model.OutputWidth];
        for (int i = 0; i < crystals.Length; i++)
        {
            model.Evaluate(model.Descriptors.Compute(crystals[i].Crystal), expected);
            Prediction found = predictions[i];
            Assert.Equal((crystals[i].Id, "gbt", false), (found.Id, found.Model, found.IsFallback));
            double[] numbers = found.Value is double value ? [value] : [.. found.Probabilities];
            Assert.All(expected.Zip(numbers), pair => Assert.Equal(pair.First, pair.Second, Tolerances.TreeParity));
            Assert.Equal(classes == 0, found.Class is null);
        }

        Assert.Equal(predictions.Select(prediction => prediction.Class), predictor.PredictStream(crystals).Select(prediction => prediction.Class));
    }

    [Fact]
    public void A_crystal_without_descriptors_takes_the_fallback_and_says_why()
    {
        Export(5, "claussen", card => card with { Preparation = card.Preparation with { MaxAtoms = 2 } });
        using CrystalPredictor predictor = Open();
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(12, seed: 6); // 1, 2, …, 6 atoms, again and again
        IReadOnlyList<Prediction> predictions = predictor.Predict(crystals);
        Assert.All(crystals.Zip(predictions), pair => Assert.Equal(pair.First.Crystal.Count > 2, pair.Second.IsFallback));
        Prediction fallback = predictions.First(prediction => prediction.IsFallback);
        Assert.Equal("e", fallback.Class);
        Assert.Equal(predictor.Card.Fallback.ClassFrequencies, fallback.Probabilities);
        Assert.Contains("at most 2", fallback.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_crystal_that_no_class_wants_takes_the_fallback()
    {
        DescriptorSet set = DescriptorSet.Find("claussen");
        var never = new TreeEnsemble([new DecisionTree([], [], [], [], [0])]);
        TreeModel model = TreeModel.OneVersusAll(set, [never, never], [new PlattScaling(0, 1000), new PlattScaling(0, 1000)]);
        TreeExporter.Export(model, RandomTrees.Card(model, RandomTrees.Task(2)), _folder.Path);
        using CrystalPredictor predictor = Open();
        Prediction prediction = predictor.Predict([("copper", TestModels.Cubic("Cu", 3))])[0];
        Assert.True(prediction.IsFallback);
        Assert.Contains("no class a probability", prediction.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_those_of_every_model()
    {
        Export(3, "claussen");
        using CrystalPredictor predictor = Open();
        Assert.Contains("element U", Assert.Single(predictor.Predict([("u", TestModels.Cubic("U", 3))])[0].Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_columns_than_this_program_computes_are_refused()
    {
        Export(3, "claussen");
        Alter(card => card["preparation"]!["descriptor_digest"] = "0123456789abcdef");
        ModelFolderException fault = Assert.Throws<ModelFolderException>(() => Open().Dispose());
        Assert.Contains("trained on the columns that this program computes for the descriptors claussen", fault.Expected, StringComparison.Ordinal);
        Assert.Contains("0123456789abcdef", fault.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("best")]
    [InlineData("best-no-symmetry")]
    public void A_card_that_names_other_descriptors_than_the_file_is_refused(string other)
    {
        Export(3, "claussen");
        DescriptorSet set = DescriptorSet.Find(other);
        Alter(card =>
        {
            card["preparation"]!["descriptors"] = set.Name;
            card["preparation"]!["descriptor_digest"] = set.Digest;
            card["preparation"]!["uses_symmetry"] = set.UsesSymmetry;
        });
        Assert.Contains($"faithful.descriptors {other}", Assert.Throws<ModelFolderException>(() => Open().Dispose()).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_feeds_a_network_with_descriptors_is_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology, card => card with
        {
            Task = card.Task with { UsesSymmetry = true },
            Preparation = PreparationOptions.OfDescriptors(DescriptorSet.Find("claussen")),
            Inputs = ["descriptors"],
        });
        Assert.Contains("faithful.descriptors", Assert.Throws<ModelFolderException>(() => Open().Dispose()).Expected, StringComparison.Ordinal);
    }

    private TreeModel Export(int classes, string descriptors, Func<ModelCard, ModelCard>? alter = null)
    {
        TreeModel model = new RandomTrees(4).Model(classes, descriptors: descriptors);
        ModelCard card = RandomTrees.Card(model, RandomTrees.Task(classes));
        TreeExporter.Export(model, alter?.Invoke(card) ?? card, _folder.Path);
        return model;
    }

    private void Alter(Action<JsonObject> alter)
    {
        JsonObject card = JsonNode.Parse(File.ReadAllText(_folder[ModelCard.FileName]))!.AsObject();
        alter(card);
        File.WriteAllText(_folder[ModelCard.FileName], card.ToJsonString());
    }

    private CrystalPredictor Open() => CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
}
