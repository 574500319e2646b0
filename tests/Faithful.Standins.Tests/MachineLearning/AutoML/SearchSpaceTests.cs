using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using SearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace Faithful.Standins.Tests.MachineLearning.AutoML;

/// <summary>Spaces made of attributes and spaces made by hand.</summary>
public sealed class SearchSpaceTests
{
    public enum Pooling
    {
        Mean,
        Maximum,
    }

    [Fact]
    public void Attributes_become_options_and_other_members_none()
    {
        var space = new SearchSpace<Options>();
        Assert.Equal(["Activation", "Depth", "Dropout", "Layers", "Norm", "Pooling", "Rate"], space.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(7, space.FeatureSpaceDim);
        Assert.IsType<UniformDoubleOption>(space["Rate"]);
        Assert.IsType<UniformIntOption>(space["Layers"]);
        Assert.IsType<UniformSingleOption>(space["Dropout"]);
        Assert.IsType<ChoiceOption>(space["Activation"]);
        Assert.IsType<ChoiceOption>(space["Norm"]);
        Assert.Equal(["relu", "silu"], ((ChoiceOption)space["Activation"]).Choices.Select(choice => choice.AsType<string>()));
    }

    [Fact]
    public void Defaults_are_those_of_the_attributes()
    {
        var space = new SearchSpace<Options>();
        Options options = space.SampleFromFeatureSpace(space.Default);
        Assert.Equal(1e-3, options.Rate, 15);
        Assert.Equal(4, options.Layers);
        Assert.Equal(0.5f, options.Dropout);
        Assert.Equal("silu", options.Activation);
        Assert.Equal(8, options.Depth);
        Assert.False(options.Norm);
        Assert.Equal(Pooling.Maximum, options.Pooling);
        Assert.Equal("kept", options.Plain);
    }

    [Fact]
    public void Coordinates_follow_the_names_in_their_order()
    {
        var space = new SearchSpace { ["b"] = new UniformIntOption(0, 10), ["a"] = new UniformIntOption(10, 20) };
        Parameter parameter = space.SampleFromFeatureSpace([0.5, 0.1]);
        Assert.Equal(15, parameter["a"].AsType<int>());
        Assert.Equal(1, parameter["b"].AsType<int>());
        Assert.Equal([0.5, 0.1], space.MappingToFeatureSpace(parameter), (left, right) => Math.Abs(left - right) < 1e-12);
        Assert.Equal([null, null], space.Step);
    }

    [Fact]
    public void Points_and_options_map_both_ways()
    {
        var space = new SearchSpace<Options>();
        var random = new Random(1);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] point = [.. Enumerable.Range(0, space.FeatureSpaceDim).Select(_ => random.NextDouble())];
            Options options = space.SampleFromFeatureSpace(point);
            Assert.InRange(options.Rate, 1e-5, 1e-1);
            Assert.InRange(options.Layers, 2, 6);
            Assert.InRange(options.Dropout, 0f, 1f);
            Assert.Contains(options.Depth, (int[])[4, 8]);

            Options again = space.SampleFromFeatureSpace(space.MappingToFeatureSpace(options));
            Assert.Equal(options.Rate, again.Rate, 12);
            Assert.Equal(options.Activation, again.Activation);
            Assert.Equal(options.Pooling, again.Pooling);
            Assert.Equal(options.Norm, again.Norm);
        }
    }

    [Fact]
    public void Spaces_nest_and_the_sample_nests_with_them()
    {
        var space = new SearchSpace
        {
            { "model", new ChoiceOption("cgnn", "trees") },
            { "cgnn", new SearchSpace<Options>() },
            { "trees", new SearchSpace { ["leaves"] = new UniformIntOption(10, 50, defaultValue: 30) } },
        };
        Assert.Equal(9, space.FeatureSpaceDim);
        Assert.Equal(9, space.Step.Length);
        Parameter parameter = space.SampleFromFeatureSpace(space.Default);
        Assert.Equal("cgnn", parameter["model"].AsType<string>());
        Assert.Equal(30, parameter["trees"]["leaves"].AsType<int>());
        Assert.Equal("silu", parameter["cgnn"].AsType<Options>().Activation);
        Assert.Equal(space.Default, space.MappingToFeatureSpace(parameter), (left, right) => Math.Abs(left - right) < 1e-9);
    }

    [Fact]
    public void A_nested_option_is_a_space_inside_the_space()
    {
        var space = new SearchSpace<Nested>();
        Assert.Equal(8, space.FeatureSpaceDim);
        Nested nested = space.SampleFromFeatureSpace(space.Default);
        Assert.Equal(3, nested.Epochs);
        Assert.Equal("silu", nested.Network.Activation);
    }

    [Fact]
    public void Members_without_attribute_come_from_the_given_object()
    {
        var given = new Options { Plain = "given", Rate = 0.1 };
        var space = new SearchSpace<Options>(given);
        Options options = space.SampleFromFeatureSpace(space.Default);
        Assert.Equal("given", options.Plain);
        Assert.Equal(1e-3, options.Rate, 15);

        space.Remove("Rate");
        Assert.Equal(6, space.FeatureSpaceDim);
        Assert.Equal(0.1, space.SampleFromFeatureSpace(space.Default).Rate);

        Parameter sample = ((OptionBase)space).SampleFromFeatureSpace(space.Default);
        Assert.Equal("given", sample["Plain"].AsType<string>());
    }

    [Fact]
    public void An_option_that_the_space_lacks_is_not_found()
    {
        var space = new SearchSpace<Options>();
        Assert.Throws<KeyNotFoundException>(() => space["Width"]);
        Assert.Throws<KeyNotFoundException>(() => space.MappingToFeatureSpace(Parameter.CreateNestedParameter()));
        Assert.Throws<ArgumentException>(() => space.Add("Rate", new UniformDoubleOption(0, 1)));
        Assert.False(space.Remove("Width"));
        Assert.False(space.TryGetValue("Width", out _));
    }

    public sealed class Options
    {
        [Range(1e-5, 1e-1, 1e-3, logBase: true)]
        public double Rate { get; set; }

        [Range(2, 6, 4)]
        public int Layers { get; set; }

        [Range(0f, 1f, 0.5f)]
        public float Dropout { get; set; }

        [Choice(["relu", "silu"], "silu")]
        public string Activation { get; set; } = "";

        [Choice([4, 8], 8)]
        public int Depth { get; set; }

        [BooleanChoice(false)]
        public bool Norm { get; set; }

        [Choice([Pooling.Mean, Pooling.Maximum], Pooling.Maximum)]
        public Pooling Pooling { get; set; }

        public string Plain { get; set; } = "kept";
    }

    public sealed class Nested
    {
        [Range(1, 5, 3)]
        public int Epochs { get; set; }

        [NestOption]
        public Options Network { get; set; } = new();
    }
}
