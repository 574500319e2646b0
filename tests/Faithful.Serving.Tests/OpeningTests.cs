using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_folder_opens_and_says_what_it_is()
    {
        TestModels.Export(_folder.Path, TestModels.Topology);
        using var predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        Assert.Equal("tqc", predictor.Card.Task.Name);
        Assert.Equal("cpu", predictor.Device);
        Assert.Null(predictor.DeviceNote);
        Assert.Equal(_folder.Path, predictor.Folder);
    }

    [Fact]
    public void An_empty_folder_and_a_folder_without_a_model_are_refused()
    {
        Assert.Equal("no card.json", AssertRefused().Found);
        TestModels.Export(_folder.Path, TestModels.Topology);
        File.Delete(_folder[ModelCard.ModelFileName]);
        Assert.Equal("no model.onnx", AssertRefused().Found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(-1)]
    public void One_altered_bit_is_noticed(int position)
    {
        TestModels.Export(_folder.Path, TestModels.Topology);
        byte[] model = File.ReadAllBytes(_folder[ModelCard.ModelFileName]);
        model[position < 0 ? ^1 : position] ^= 1;
        File.WriteAllBytes(_folder[ModelCard.ModelFileName], model);
        Assert.Contains("SHA-256", AssertRefused().Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_names_no_hash_is_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology);
        AtomicFile.WriteText(_folder[ModelCard.FileName], (ModelCard.Read(_folder.Path) with { ModelSha256 = "" }).ToJson());
        Assert.Contains("SHA-256 none", AssertRefused().Expected, StringComparison.Ordinal);
    }

    /// <summary>The card vouches for these bytes; ONNX Runtime has the last word.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(20_000)]
    public void A_truncated_model_is_refused_in_the_project_s_words(int length)
    {
        TestModels.Export(_folder.Path, TestModels.Topology);
        byte[] model = File.ReadAllBytes(_folder[ModelCard.ModelFileName]);
        File.WriteAllBytes(_folder[ModelCard.ModelFileName], model[..length]);
        TestModels.AcceptModelFile(_folder.Path);
        AssertRefused();
    }

    [Fact]
    public void Text_is_no_model()
    {
        TestModels.Export(_folder.Path, TestModels.Topology);
        File.WriteAllText(_folder[ModelCard.ModelFileName], "Bi2 Se3\n1.0\n");
        TestModels.AcceptModelFile(_folder.Path);
        Assert.Contains("ONNX", AssertRefused().Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_of_another_format_version_are_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology, metadataVersion: 2);
        Assert.Equal("'2'", AssertRefused().Found);
    }

    [Fact]
    public void A_card_that_conceals_an_input_is_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology, card => card with { Inputs = [.. card.Inputs.Skip(1)] });
        Assert.Contains("inputs of the card", AssertRefused().Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_invents_an_input_is_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology, card => card with { Inputs = [.. card.Inputs, "space_groups"] });
        Assert.Contains("space_groups", AssertRefused().Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_lies_about_the_classes_is_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology, card => card with
        {
            Task = card.Task with { Classes = ["trivial", "TI", "SM"] },
            Fallback = new() { ClassFrequencies = [0.4, 0.3, 0.3] },
        });
        ModelFolderException fault = AssertRefused();
        Assert.Contains("[*, 3]", fault.Expected, StringComparison.Ordinal);
        Assert.Contains("[*, 5]", fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_calls_a_classification_a_regression_is_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology, card => card with
        {
            Task = TestModels.Energy with { Name = card.Task.Name },
            Fallback = new() { Median = 0 },
        });
        Assert.Contains("'value'", AssertRefused().Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fallback_that_does_not_fit_the_task_is_refused()
    {
        TestModels.Export(_folder.Path, TestModels.Topology, card => card with { Fallback = new() { ClassFrequencies = [1] } });
        Assert.Contains("fallback", AssertRefused().Expected, StringComparison.Ordinal);
        TestModels.Export(_folder.Path, TestModels.Energy, card => card with { Fallback = new() });
        Assert.Contains("median", AssertRefused().Expected, StringComparison.Ordinal);
    }

    private ModelFolderException AssertRefused()
    {
        var fault = Assert.Throws<ModelFolderException>(() => CrystalPredictor.Open(_folder.Path).Dispose());
        Assert.DoesNotContain('\n', fault.Message);
        Assert.DoesNotContain("ErrorCode", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 1, 400);
        return fault;
    }
}
