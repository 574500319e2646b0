using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;
using Microsoft.ML.SearchSpace.Option;

namespace Faithful.Pipelines.Tests.Sweeps;

public sealed class SweepSpaceTests
{
    private static readonly string[] Tasks = ["tqc", "formation-energy", "point-group", "anything"];

    public static TheoryData<string> Models => [.. SweptModel.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void Whatever_is_chosen_is_valid(string model)
    {
        var random = new Random(1);
        foreach (string task in Tasks)
        {
            SweepSpace space = Space(SweptModel.Find(model, "best", task));
            for (int draw = 0; draw < 20; draw++)
            {
                JsonObject values = space.Values([.. Enumerable.Range(0, space.Options.FeatureSpaceDim).Select(_ => random.NextDouble())]);
                SweptModel chosen = space.Apply(values);
                Assert.Empty(chosen.Validate());
                Assert.All(values, pair => Assert.True(JsonNode.DeepEquals(pair.Value, chosen.Get(pair.Key)), $"{pair.Key} {pair.Value} {chosen.Get(pair.Key)}"));
                double[] point = space.Point(values);
                Assert.All(point, x => Assert.InRange(x, 0, 1));
                Assert.Equal(values.ToJsonString(), space.Values(space.Middle(point)).ToJsonString()); // no value drifts
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_declared_option_is_one_of_the_model_and_begins_with_its_preset(string model)
    {
        foreach (string preset in model == "gbt" ? TreePresets.Presets : NetworkPresets.Presets)
        {
            foreach (string task in Tasks)
            {
                SweptModel start = SweptModel.Find(model, preset, task);
                SweepSpace space = Space(start);
                Assert.Equal(Declared(model), space.Options.Keys.Count);
                Assert.Equal(start.ToJson().ToJsonString(), space.Apply(space.Defaults).ToJson().ToJsonString());
                Assert.Equal(space.Options.Keys.Order(), space.Defaults.Select(pair => pair.Key).Order());
            }
        }

        static int Declared(string model) => model switch { "gbt" => 8, "nnn" => 8, _ => 9 };
    }

    [Fact]
    public void Options_of_a_preset_outside_a_range_widen_it()
    {
        SweptModel many = SweptModel.Find("gbt", "best", "tqc");
        many = many with { Trees = many.Trees! with { NumberOfTrees = 5000 } };
        Assert.Equal(5000, ((UniformDoubleOption)Space(many).Options["number_of_trees"]).Max);
        SweepSpace paper = Space(SweptModel.Find("cgnn", "paper", "tqc"));
        Assert.Equal(0, paper.Defaults["weight_decay"]!.GetValue<double>());
        Assert.Equal(1e-3, ((UniformDoubleOption)paper.Options["weight_decay"]).Min); // logarithmic: there is no 0 on it
        Assert.Contains(((ChoiceOption)paper.Options["weight_average"]).Choices, choice => choice.AsType<double>() == 0);
    }

    [Fact]
    public void What_is_fixed_is_not_searched()
    {
        SweptModel start = SweptModel.Find("nnn", "best", "tqc");
        Assert.DoesNotContain("width", Space(start with { Fixed = ["width"] }).Options.Keys);
        Assert.DoesNotContain("label_smoothing", Space(start, TaskKind.Regression).Options.Keys);
        string message = Assert.Throws<ArgumentException>(() => Space(start with { Fixed = [.. Space(start).Options.Keys] })).Message;
        Assert.Contains("nnn: expected at least one option to choose", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_options_holds_all_of_them_and_not_which_network_it_is()
    {
        SweptModel network = SweptModel.Find("cann", "best", "tqc");
        JsonObject document = network.ToJson();
        Assert.Equal(["network", "training"], document.Select(pair => pair.Key));
        Assert.False(document["network"]!.AsObject().ContainsKey("network"));
        Assert.Equal(network.Training, document["training"].Deserialize<TrainingOptions>(RunJson.OneLine));
        SweptModel trees = SweptModel.Find("gbt", "best", "tqc");
        Assert.Equal(trees.Trees, trees.ToJson()["trees"].Deserialize<CrystalTreesOptions>(RunJson.OneLine));
    }

    [Fact]
    public void A_model_that_there_is_not_is_refused()
    {
        Assert.Contains("found 'gnn'", Assert.Throws<ArgumentException>(() => SweptModel.Find("gnn", "best", "tqc")).Message, StringComparison.Ordinal);
        Assert.Single(new SweptModel { Model = "nnn" }.Validate());
    }

    private static SweepSpace Space(SweptModel start, TaskKind kind = TaskKind.Classification) => new(start, kind);
}
