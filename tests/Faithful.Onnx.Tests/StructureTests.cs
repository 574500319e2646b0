using Faithful.Models;
using Faithful.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Faithful.Onnx.Tests;

/// <summary>The file is what the contract says, seen through ONNX Runtime and nothing of ours.</summary>
public sealed class StructureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Inputs_outputs_and_metadata_are_those_of_the_contract(bool classification, bool usesSymmetry)
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification, usesSymmetry);
        using var session = new InferenceSession(_folder[ModelCard.ModelFileName]);
        Assert.Equal(exported.Card.Inputs.Order(), session.InputMetadata.Keys.Order());
        Assert.Equal(usesSymmetry, session.InputMetadata.ContainsKey("space_groups"));
        foreach ((string name, NodeMetadata metadata) in session.InputMetadata)
        {
            ModelInput input = ModelInput.Find(name)!;
            Assert.Equal(input.IsInteger ? typeof(long) : typeof(float), metadata.ElementType);
            Assert.Equal([-1, .. input.RowShape], metadata.Dimensions);
            Assert.Equal(input.Rows.ToString().ToLowerInvariant(), metadata.SymbolicDimensions[0]);
        }

        if (classification)
        {
            Assert.Equal([-1, 3], session.OutputMetadata["logits"].Dimensions);
            Assert.Equal([-1, 3], session.OutputMetadata["probabilities"].Dimensions);
        }
        else
        {
            Assert.Equal([-1], session.OutputMetadata["value"].Dimensions);
        }

        Dictionary<string, string> properties = session.ModelMetadata.CustomMetadataMap;
        Assert.All(properties.Keys, key => Assert.StartsWith("faithful.", key, StringComparison.Ordinal));
        Assert.Equal("cgnn", properties["faithful.model"]);
        Assert.Equal(exported.Card.Task.Name, properties["faithful.task"]);
        Assert.Equal(classification ? "a,b,c" : "", properties["faithful.classes"]);
        Assert.Equal(classification ? "a" : "-1.2", properties["faithful.fallback"]);
        Assert.Equal("5", properties["faithful.cutoff"]);
        Assert.Equal("float32", properties["faithful.weights"]);
        Assert.Equal("1", properties["faithful.format_version"]);
    }

    [Fact]
    public void The_tasks_that_symmetry_would_give_away_never_see_it()
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: false);
        Assert.DoesNotContain("space_groups", exported.Card.Inputs);
        ModelCard lying = exported.Card with { Preparation = exported.Card.Preparation with { UsesSymmetry = true } };
        Assert.Throws<ModelFolderException>(() => ModelCard.Parse(lying.ToJson(), "card.json"));
    }
}
