using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;

namespace Faithful.Standins.Tests.MachineLearning.AutoML;

/// <summary>Values and their coordinates between 0 and 1.</summary>
public sealed class OptionTests
{
    [Fact]
    public void A_range_is_even_in_its_values()
    {
        var option = new UniformDoubleOption(-2, 6, defaultValue: 4);
        Assert.Equal(-2, Sample(option, 0));
        Assert.Equal(0, Sample(option, 0.25));
        Assert.Equal(6, Sample(option, 1));
        Assert.Equal([0.75], option.Default!);
        Assert.Equal([0.25], option.MappingToFeatureSpace(Parameter.FromDouble(0)));
        Assert.Equal(1, option.FeatureSpaceDim);
        Assert.Equal([null], option.Step);
        Assert.Equal((-2, 6, false), (option.Min, option.Max, option.LogBase));
    }

    [Fact]
    public void A_logarithmic_range_is_even_in_its_factors()
    {
        var option = new UniformDoubleOption(1e-4, 1e-2, logBase: true, defaultValue: 1e-3);
        Assert.Equal(1e-4, Sample(option, 0), 15);
        Assert.Equal(1e-3, Sample(option, 0.5), 15);
        Assert.Equal(1e-2, Sample(option, 1), 15);
        Assert.Equal(0.5, option.Default![0], 12);
        Assert.Equal(0.25, option.MappingToFeatureSpace(Parameter.FromDouble(Math.Pow(10, -3.5)))[0], 12);
    }

    [Fact]
    public void Without_a_default_a_range_starts_at_its_lower_bound()
    {
        Assert.Equal([0.0], new UniformDoubleOption(1, 5).Default!);
        Assert.Equal([0.0], new UniformIntOption(1, 5, true).Default!);
        Assert.Equal([0.0], new UniformSingleOption(1, 5).Default!);
    }

    [Fact]
    public void Whole_numbers_are_rounded_down_so_that_only_the_coordinate_1_gives_the_upper_bound()
    {
        var option = new UniformIntOption(2, 4);
        int[] sampled = [.. new[] { 0, 0.49, 0.5, 0.99999999, 1 }.Select(at => option.SampleFromFeatureSpace([at]).AsType<int>())];
        Assert.Equal([2, 2, 3, 3, 4], sampled);
        Assert.Equal(ParameterType.Integer, option.SampleFromFeatureSpace([0]).ParameterType);
        Assert.Equal([0.5], option.MappingToFeatureSpace(Parameter.FromInt(3)));
    }

    /// <summary>The coordinate of the default is a little too small, and rounding down does the rest.</summary>
    [Theory]
    [InlineData(1, 32, 10)]
    [InlineData(2, 64, 20)]
    [InlineData(1, 256, 50)]
    public void A_whole_default_may_come_back_as_the_number_below(int min, int max, int number)
    {
        var option = new UniformIntOption(min, max, defaultValue: number);
        Assert.Equal(number - 1, option.SampleFromFeatureSpace(option.Default!).AsType<int>());
    }

    [Fact]
    public void A_single_precision_range_gives_single_precision()
    {
        var option = new UniformSingleOption(0, 1, defaultValue: 0.25f);
        Assert.Equal(0.1f, option.SampleFromFeatureSpace([0.1]).AsType<float>());
        Assert.Equal("0.1", option.SampleFromFeatureSpace([0.1]).ToString());
        Assert.Equal([0.25], option.Default!);
    }

    [Fact]
    public void Choices_share_the_coordinate_evenly()
    {
        var option = new ChoiceOption("a", "b", "c", "d");
        string[] sampled = [.. new[] { 0, 0.24, 0.25, 0.5, 0.99, 1 }.Select(at => option.SampleFromFeatureSpace([at]).AsType<string>())];
        Assert.Equal(["a", "a", "b", "c", "d", "d"], sampled);
        Assert.Equal([0.5], option.MappingToFeatureSpace(Parameter.FromString("c")));
        Assert.Equal([0.0], option.Default!);
        Assert.Equal([4], option.Step);
        Assert.Equal(4, option.Choices.Length);
        Assert.Equal([0.75], new ChoiceOption(["a", "b", "c", "d"], "d").Default!);
    }

    [Fact]
    public void Every_choice_comes_back_from_its_coordinate()
    {
        for (int count = 2; count <= 30; count++)
        {
            var option = new ChoiceOption([.. Enumerable.Range(0, count).Cast<object>()]);
            foreach (Parameter choice in option.Choices)
            {
                Assert.Equal(choice.AsType<int>(), option.SampleFromFeatureSpace(option.MappingToFeatureSpace(choice)).AsType<int>());
            }
        }
    }

    [Fact]
    public void A_single_choice_needs_no_coordinate()
    {
        var option = new ChoiceOption("only");
        Assert.Equal(0, option.FeatureSpaceDim);
        Assert.Empty(option.Default!);
        Assert.Equal("only", option.SampleFromFeatureSpace([]).AsType<string>());
        Assert.Empty(option.MappingToFeatureSpace(Parameter.FromString("only")));
    }

    private static double Sample(OptionBase option, double coordinate) =>
        option.SampleFromFeatureSpace([coordinate]).AsType<double>();
}
