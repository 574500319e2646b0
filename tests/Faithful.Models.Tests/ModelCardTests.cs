using System.Text.Json.Nodes;

namespace Faithful.Models.Tests;

public class ModelCardTests
{
    public static TheoryData<bool> BothKinds => [true, false];

    [Theory]
    [MemberData(nameof(BothKinds))]
    public void A_card_survives_the_way_through_its_text(bool isClassification)
    {
        ModelCard card = Card(isClassification);
        ModelCard read = ModelCard.Parse(card.ToJson(), "card");
        Assert.Equal(card.ToJson(), read.ToJson());
        Assert.Equal(card.Task.Classes, read.Task.Classes);
        Assert.Equal(card.Fallback.Median, read.Fallback.Median);
        Assert.Equal(card.Preparation, read.Preparation);
        Assert.Equal(card.Training.Elements, read.Training.Elements);
        Assert.Equal(card.Metrics["test"], read.Metrics["test"]);
        Assert.Equal(WeightFormat.Float16, read.Weights);
    }

    [Fact]
    public void Field_names_are_lower_case_words_joined_by_underscores()
    {
        JsonObject card = JsonNode.Parse(Card(true).ToJson())!.AsObject();
        Assert.All(card, field => Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", field.Key));
        Assert.Equal("classification", (string?)card["task"]!["kind"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Another_format_version_is_refused(int version)
    {
        ModelFolderException fault = AssertRefused(card => card["format_version"] = version);
        Assert.Equal($"card: expected format version 1, found version {version}", fault.Message);
    }

    [Fact]
    public void Fewer_than_two_classes_are_refused() => AssertRefused(card => card["task"]!["classes"] = new JsonArray("only"));

    [Fact]
    public void An_input_outside_the_contract_is_refused() =>
        Assert.Contains("'voxels'", AssertRefused(card => card["inputs"] = new JsonArray("atomic_numbers", "voxels")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cutoff", -1)]
    [InlineData("cutoff", 50)]
    [InlineData("max_atoms", 0)]
    [InlineData("max_edges", 0)]
    [InlineData("distance_tolerance", 0)]
    public void Preparation_options_out_of_range_are_refused(string option, int value) =>
        AssertRefused(card => card["preparation"]![option] = value);

    [Fact]
    public void A_cell_or_list_of_limits_that_is_none_is_refused()
    {
        AssertRefused(card => card["preparation"]!["cell"] = "conventional");
        AssertRefused(card => card["preparation"]!["max_atoms_of_species"] = null);
        AssertRefused(card => card["preparation"]!["max_atoms_of_species"] = new JsonArray(4, 0));
    }

    [Fact]
    public void A_card_of_a_program_without_the_newer_options_opens()
    {
        JsonObject card = JsonNode.Parse(Card(true).ToJson())!.AsObject();
        Assert.Equal("canonical", (string?)card["preparation"]!["cell"]);
        foreach (string option in new[] { "cell", "max_species", "max_atoms_of_species" })
        {
            Assert.True(card["preparation"]!.AsObject().Remove(option));
        }

        Assert.Equal("float16", (string?)card["weights"]);
        Assert.True(card.Remove("weights"));
        ModelCard read = ModelCard.Parse(card.ToJsonString(), "card");
        Assert.Equal(new PreparationOptions { Cutoff = 5, UsesSymmetry = true }, read.Preparation);
        Assert.Equal(WeightFormat.Float32, read.Weights);
    }

    [Fact]
    public void A_format_of_weights_that_is_none_is_refused()
    {
        AssertRefused(card => card["weights"] = "bfloat16");
        AssertRefused(card => card["weights"] = 7);
        AssertRefused(card => card["weights"] = null);
    }

    [Fact]
    public void A_task_that_symmetry_would_give_away_is_refused_the_symmetry_finder() => AssertRefused(card =>
    {
        card["task"]!["uses_symmetry"] = false;
        card["preparation"]!["uses_symmetry"] = true;
    });

    [Theory]
    [InlineData("model")]
    [InlineData("task")]
    [InlineData("preparation")]
    [InlineData("inputs")]
    [InlineData("fallback")]
    [InlineData("training")]
    public void A_missing_field_is_refused_and_named(string field) =>
        Assert.Contains(field, AssertRefused(card => card.Remove(field)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("not json at all")]
    [InlineData("{}")]
    public void Text_that_is_no_card_is_refused_in_one_line(string text)
    {
        var fault = Assert.Throws<ModelFolderException>(() => ModelCard.Parse(text, "card"));
        Assert.StartsWith("card", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_folder_without_a_card_is_refused()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("faithful-card-");
        try
        {
            var fault = Assert.Throws<ModelFolderException>(() => ModelCard.Read(folder.FullName));
            Assert.Equal("no card.json", fault.Found);
            File.WriteAllText(Path.Combine(folder.FullName, ModelCard.FileName), Card(true).ToJson());
            Assert.Equal("tqc", ModelCard.Read(folder.FullName).Task.Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ModelFolderException AssertRefused(Action<JsonObject> alter)
    {
        JsonObject card = JsonNode.Parse(Card(true).ToJson())!.AsObject();
        alter(card);
        return Assert.Throws<ModelFolderException>(() => ModelCard.Parse(card.ToJsonString(), "card"));
    }

    private static ModelCard Card(bool isClassification) => new()
    {
        Model = "cgnn",
        Preset = "best",
        Task = isClassification
            ? new ModelTask { Name = "tqc", Kind = TaskKind.Classification, Classes = ["LCEBR", "NLC", "SEBR"], UsesSymmetry = true }
            : new ModelTask { Name = "formation-energy", Kind = TaskKind.Regression, Unit = "eV/atom", UsesSymmetry = true },
        Preparation = new PreparationOptions { Cutoff = 5, UsesSymmetry = true, Cell = CellChoice.Canonical, MaxSpecies = 6, MaxAtomsOfSpecies = [30, 20] },
        Inputs = ["atomic_numbers", "crystal_index", "lattices"],
        Fallback = isClassification ? new() { ClassFrequencies = [0.5, 0.3, 0.2] } : new() { Median = -0.75 },
        Training = new TrainingSummary
        {
            Data = "sample.jsonl.gz",
            DataSha256 = new string('a', 64),
            Crystals = 1600,
            Epochs = 20,
            BestEpoch = 17,
            Seed = 3,
            TestFraction = 0.1,
            ValidationFraction = 0.1,
            Elements = [1, 8, 118],
            SmallestVolumePerAtom = 4.5,
            LargestVolumePerAtom = 120.25,
        },
        Metrics = new Dictionary<string, IReadOnlyDictionary<string, double>>
        {
            ["test"] = new Dictionary<string, double> { ["accuracy"] = 0.875 },
        },
        Parameters = 12345,
        Weights = WeightFormat.Float16,
        ModelSha256 = new string('b', 64),
    };
}
