using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Onnx.Format;
using Faithful.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Faithful.Onnx.Tests.Trees;

/// <summary>The file of trees is what the contract says, seen through ONNX Runtime and nothing of ours.</summary>
public sealed class TreeStructureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Inputs_outputs_and_metadata_are_those_of_the_contract(int classes)
    {
        TreeModel model = new RandomTrees(5).Model(classes);
        ModelCard card = TreeExporter.Export(model, RandomTrees.Card(model, RandomTrees.Task(classes)), _folder.Path);
        using var session = new InferenceSession(_folder[ModelCard.ModelFileName]);
        NodeMetadata input = Assert.Single(session.InputMetadata).Value;
        Assert.Equal(["descriptors"], session.InputMetadata.Keys);
        Assert.Equal((typeof(float), "crystals"), (input.ElementType, input.SymbolicDimensions[0]));
        Assert.Equal([-1, model.Descriptors.Count], input.Dimensions);
        Assert.Equal(classes == 0 ? ["value"] : ["logits", "probabilities"], session.OutputMetadata.Keys.Order());
        Assert.All(session.OutputMetadata.Values, output => Assert.Equal(classes == 0 ? [-1] : [-1, classes], output.Dimensions));
        Assert.All(session.OutputMetadata.Values, output => Assert.Equal(typeof(float), output.ElementType));
        Dictionary<string, string> properties = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal(("gbt", "claussen"), (properties["faithful.model"], properties["faithful.preset"]));
        Assert.Equal(("claussen", model.Descriptors.Digest), (properties["faithful.descriptors"], properties["faithful.descriptor_digest"]));
        Assert.Equal(model.Descriptors.Names, properties["faithful.descriptor_columns"].Split(','));
        Assert.Equal("true", properties["faithful.uses_symmetry"]);
        Assert.Equal(card.ToJson(), ModelCard.Read(_folder.Path).ToJson());
        string readme = File.ReadAllText(_folder["README.md"]);
        Assert.Contains($"| descriptors | float32 | [crystals, {model.Descriptors.Count}] |", readme, StringComparison.Ordinal);
        Assert.Contains("Gradient-boosted trees (`gbt`) over the descriptors `claussen`", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_operator_is_that_of_ai_onnx_ml_3_and_the_only_one()
    {
        TreeModel model = new RandomTrees(6).Model(4);
        ModelProto file = ModelProto.Parser.ParseFrom(TreeExporter.ToBytes(model, RandomTrees.Card(model, RandomTrees.Task(4))));
        Assert.Equal(9, file.IrVersion);
        Assert.Equal([("", 18L), ("ai.onnx.ml", 3L)], file.OpsetImport.Select(import => (import.Domain, import.Version)));
        NodeProto trees = Assert.Single(file.Graph.Node, node => node.Domain == "ai.onnx.ml");
        Assert.Equal("TreeEnsembleRegressor", trees.OpType);
        int leaves = model.Ensembles.Sum(ensemble => ensemble.Trees.Sum(tree => tree.LeafValues.Length));
        int splits = model.Ensembles.Sum(ensemble => ensemble.Trees.Sum(tree => tree.Splits));
        Assert.Equal(leaves + splits, Attribute("nodes_treeids").Ints.Count);
        Assert.Equal(leaves, Attribute("nodes_modes").Strings.Count(mode => mode.ToStringUtf8() == "LEAF"));
        Assert.Equal(leaves, Attribute("target_ids").Ints.Count);

        AttributeProto Attribute(string name) => Assert.Single(trees.Attribute, attribute => attribute.Name == name);
    }

    [Fact]
    public void The_same_trees_give_the_same_bytes()
    {
        TreeModel model = new RandomTrees(7).Model(3);
        ModelCard card = RandomTrees.Card(model, RandomTrees.Task(3));
        Assert.Equal(TreeExporter.ToBytes(model, card), TreeExporter.ToBytes(model, card));
    }

    [Fact]
    public void The_card_of_another_model_is_refused()
    {
        TreeModel model = new RandomTrees(8).Model(3);
        ModelCard card = RandomTrees.Card(model, RandomTrees.Task(3));
        AssertRefused(card with { Task = RandomTrees.Task(4) }, "4 outputs");
        AssertRefused(card with { Task = RandomTrees.Task(0) }, "Regression");
        AssertRefused(card with { Preparation = new RandomTrees(8).Model(3, descriptors: "best").Preparation }, "prepares the descriptors best");
        AssertRefused(card with { Preparation = card.Preparation with { DescriptorDigest = "x" } }, "(x)");
        AssertRefused(card with { Inputs = ["descriptors", "lattices"] }, "lattices");
        AssertRefused(card with { Weights = WeightFormat.Float16 }, "rounded");

        void AssertRefused(ModelCard other, string words) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(() => TreeExporter.ToBytes(model, other)).Message, StringComparison.Ordinal);
    }
}
