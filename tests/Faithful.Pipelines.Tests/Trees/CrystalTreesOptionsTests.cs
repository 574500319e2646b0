using Faithful.Models;
using Faithful.Networks.Training;
using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines.Tests.Trees;

public sealed class CrystalTreesOptionsTests
{
    [Fact]
    public void Every_fault_is_said_at_once()
    {
        Assert.Empty(new CrystalTreesOptions().Validate());
        Assert.Equal(
            [
                "Descriptors must be one of claussen, best, best-bands, best-no-symmetry, found none.",
                "NumberOfTrees must lie in 1..100,000, found 0.",
                "NumberOfLeaves must lie in 2..10,000, found 1.",
                "MinimumExampleCountPerLeaf must lie in 1..100,000, found 0.",
                "LearningRate must lie in (0, 1], found 0.",
                "FeatureFraction must lie in (0, 1], found NaN.",
                "FeatureFractionPerSplit must lie in (0, 1], found 2.",
                "BaggingExampleFraction must lie in (0, 1], found -1.",
                "EntropyCoefficient must lie in 0..1, found 1.5.",
                "Repeats must lie in 1..100, found 0.",
                "MaximumBinCountPerFeature must lie in 2..256, found 300.",
                "MissingValue must be finite, found NaN.",
                "ClassWeights must be one of None, Balanced, SquareRoot, found 8.",
                "MetricForBest must be one of Accuracy, MacroF1, Loss, found 7.",
            ],
            new CrystalTreesOptions
            {
                Descriptors = "none",
                NumberOfTrees = 0,
                NumberOfLeaves = 1,
                MinimumExampleCountPerLeaf = 0,
                LearningRate = 0,
                FeatureFraction = double.NaN,
                FeatureFractionPerSplit = 2,
                BaggingExampleFraction = -1,
                EntropyCoefficient = 1.5,
                Repeats = 0,
                MaximumBinCountPerFeature = 300,
                MissingValue = float.NaN,
                ClassWeights = (ClassWeighting)8,
                MetricForBest = (SelectionMetric)7,
            }.Validate());
    }

    [Fact]
    public void A_sweep_begins_with_the_defaults_and_stays_valid()
    {
        var space = new SearchSpace<CrystalTreesOptions>(new CrystalTreesOptions());
        var random = new Random(3);
        for (int draw = 0; draw < 20; draw++)
        {
            CrystalTreesOptions options = space.SampleFromFeatureSpace([.. Enumerable.Range(0, space.FeatureSpaceDim).Select(_ => random.NextDouble())]);
            Assert.Empty(options.Validate());
            Assert.Equal("best", options.Descriptors);
        }
    }

    [Fact]
    public void Presets_are_valid_and_give_no_answer_away()
    {
        foreach (string task in new[] { "tqc", "tqc-basic", "magnetic-ordering", "formation-energy", "band-gap", "anything" })
        {
            string best = task.StartsWith("tqc", StringComparison.Ordinal) ? "best-bands" : "best";
            Assert.Equal([best, "claussen"], TreePresets.Presets.Select(preset => TreePresets.Find(preset, task).Descriptors));
            Assert.All(TreePresets.Presets, preset => Assert.Empty(TreePresets.Find(preset, task).Validate()));
        }

        Assert.Equal(TreePresets.Find("best", "formation-energy"), TreePresets.Find("best", "any-column", kind: TaskKind.Regression));
        Assert.True(TreePresets.Find("best", "tqc").LooksAtRelatives);
        Assert.Empty(TreePresets.Find("best", "tqc", usesSymmetry: false).Validate());
        Assert.False(TreePresets.Find("claussen", "tqc").LooksAtRelatives || TreePresets.Find("best", "tqc-basic").LooksAtRelatives);
        Assert.Equal("best-no-symmetry", TreePresets.Find("best", "point-group", usesSymmetry: false).Descriptors);
        Assert.Contains("asks for the symmetry", Assert.Throws<ArgumentException>(() => TreePresets.Find("claussen", "point-group", false)).Message, StringComparison.Ordinal);
        Assert.Contains("found 'paper'", Assert.Throws<ArgumentException>(() => TreePresets.Find("paper", "tqc")).Message, StringComparison.Ordinal);
    }
}
