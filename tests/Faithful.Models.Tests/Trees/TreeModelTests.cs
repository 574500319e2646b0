using Faithful.Crystals.Descriptors;
using Faithful.Models.Trees;
using Faithful.Testing;

namespace Faithful.Models.Tests.Trees;

public class TreeModelTests
{
    private static readonly DescriptorSet Set = DescriptorSet.Find("claussen");

    /// <summary>x0 ≤ 1 ? (x1 ≤ −2 ? 10 : 20) : 30.</summary>
    private static readonly DecisionTree Small = new([1, ~0], [~2, ~1], [0, 1], [1, -2], [10, 20, 30]);

    [Theory]
    [InlineData(1, -2, 10)]
    [InlineData(1, -1.9999, 20)]
    [InlineData(1.0000001, -2, 30)]
    [InlineData(float.NegativeInfinity, float.PositiveInfinity, 20)]
    [InlineData(0, float.NaN, 20)]
    [InlineData(float.NaN, -5, 30)]
    public void At_most_the_threshold_goes_left_and_nan_goes_right(float first, float second, double expected) =>
        Assert.Equal(expected, Small.Evaluate([first, second]));

    [Fact]
    public void A_score_is_the_weighted_sum_and_the_bias()
    {
        var leaf = new DecisionTree([], [], [], [], [0.25]);
        Assert.Equal((0, 0), (leaf.Splits, leaf.Columns));
        Assert.Equal(2, Small.Columns);
        var ensemble = new TreeEnsemble([Small, leaf, Small], [1, 4, 0.5], -3);
        Assert.Equal(10 + 1 + 5 - 3, ensemble.Score([0, -2]));
        Assert.Equal(60.25f, new TreeEnsemble([Small, leaf, Small]).Score([2, 0]));
    }

    /// <summary>The sum is rounded once: 0.1 ten thousand times in float32 would be 999.9029.</summary>
    [Fact]
    public void Sums_are_in_double_precision()
    {
        DecisionTree tenth = new([], [], [], [], [0.1]);
        Assert.Equal(1000f, new TreeEnsemble(Enumerable.Repeat(tenth, 10_000)).Score([]));
    }

    [Theory]
    [InlineData(-1, 0, 0.731058578630005)]
    [InlineData(-1, 2, 0.26894142136999516)]
    [InlineData(2, -2, 0.5)]
    public void Calibration_is_that_of_ml_net(double slope, double offset, double expected) =>
        Assert.Equal((float)expected, new PlattScaling(slope, offset).Probability(1)); // 1 / (1 + exp(slope · 1 + offset))

    [Fact]
    public void Probabilities_are_shares_of_the_sum()
    {
        TreeModel model = OneVersusAll(0, -1, 2);
        var results = new float[3];
        model.Evaluate(new float[Set.Count], results);
        double[] alone = [.. new[] { 0.0, -1, 2 }.Select(score => 1 / (1 + Math.Exp(-score)))];
        Assert.All(results, (result, i) => Assert.Equal(alone[i] / alone.Sum(), result, 1e-7));
        Assert.Equal((TaskKind.Classification, 3), (model.Kind, model.OutputWidth));
        Assert.Equal(3 + 6, model.ParameterCount);
    }

    [Fact]
    public void Probabilities_too_small_for_any_share_stay_zero()
    {
        var results = new float[3];
        OneVersusAll(-200, -150, -400).Evaluate(new float[Set.Count], results);
        Assert.Equal([0f, 0f, 0f], results);
        OneVersusAll(-200, -90, -400).Evaluate(new float[Set.Count], results);
        Assert.Equal([0f, 1f, 0f], results);
    }

    [Fact]
    public void A_number_can_stand_for_missing_values()
    {
        float[] row = [float.NaN, float.NaN, .. new float[Set.Count - 2]];
        var result = new float[1];
        foreach ((float? missing, float expected) in new (float?, float)[] { (null, 30), (-2, 10), (0, 20), (5, 30) })
        {
            TreeModel.Regression(Set, new([Small]), missing).Evaluate(row, result);
            Assert.Equal(expected, result[0]);
            Assert.True(float.IsNaN(row[0]));
        }
    }

    [Fact]
    public void Preparation_is_that_of_the_descriptors()
    {
        TreeModel model = TreeModel.Regression(Set, new([Small]));
        Assert.Equal(("claussen", Set.Digest, true), (model.Preparation.Descriptors, model.Preparation.DescriptorDigest, model.Preparation.UsesSymmetry));
        Assert.Empty(model.Preparation.Validate());
        ModelCard card = RandomTrees.Card(model, RandomTrees.Task(0));
        Assert.Equal(card.ToJson(), ModelCard.Parse(card.ToJson(), "card").ToJson());
        Assert.Equal(Set.Count, Assert.Single(Assert.Single(card.GraphInputs).RowShape));
    }

    [Fact]
    public void What_is_no_tree_is_refused()
    {
        AssertRefused(() => new([0], [~1], [0], [1], [1, 2]), "split 0 of 1 is not"); // a cycle
        AssertRefused(() => new([1, ~0], [1, ~1], [0, 0], [1, 1], [1, 2, 3]), "split 1 of 2 is not"); // two parents
        AssertRefused(() => new([~0], [~0], [0], [1], [1, 2]), "leaf 0 of 2 is not");
        AssertRefused(() => new([~0, ~0], [~1, ~2], [0, 0], [1, 1], [1, 2, 3]), "leaf 2 is not"); // a split that nothing leads to
        AssertRefused(() => new([~0], [~2], [0], [1], [1, 2]), "leaf 2 of 2 is not");
        AssertRefused(() => new([~0], [~1], [0], [1], [1]), "2 leaves");
        AssertRefused(() => new([~0], [~1], [-1], [1], [1, 2]), "found -1 and 1");
        AssertRefused(() => new([~0], [~1], [0], [float.NaN], [1, 2]), "found 0 and NaN");
        AssertRefused(() => new([~0], [~1], [0], [1], [1, double.PositiveInfinity]), "Leaf 1");
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TreeEnsemble([]));
        Assert.Throws<ArgumentException>(() => new TreeEnsemble([Small], [1, 2]));
        Assert.Throws<ArgumentException>(() => new TreeEnsemble([Small], [double.NaN]));
        DecisionTree far = new([~0], [~1], [Set.Count], [1], [1, 2]);
        Assert.Contains("claussen", Assert.Throws<ArgumentException>(() => TreeModel.Regression(Set, new([far]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TreeModel.Regression(Set, new([Small]), float.NaN));
        Assert.Throws<ArgumentException>(() => TreeModel.OneVersusAll(Set, [new([Small])], [default]));
        Assert.Throws<ArgumentException>(() => TreeModel.OneVersusAll(Set, [new([Small]), new([Small])], [default]));
        Assert.Throws<ArgumentException>(() => TreeModel.OneVersusAll(Set, [new([Small]), new([Small])], [default, new(double.NaN, 0)]));
        Assert.Throws<ArgumentException>(() => OneVersusAll(1, 2).Evaluate([0], [0, 0]));
    }

    private static TreeModel OneVersusAll(params double[] scores) => TreeModel.OneVersusAll(
        Set, scores.Select(score => new TreeEnsemble([new([], [], [], [], [score])])), scores.Select(_ => new PlattScaling(-1, 0)));

    private static void AssertRefused(Func<DecisionTree> make, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
