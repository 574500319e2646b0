using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Options of the trainers that boost trees.</summary>
public abstract class BoostedTreeOptions : TreeOptions
{
    public double LearningRate = Defaults.LearningRate;

    public double Shrinkage = 1;

    /// <summary>The largest absolute value of a leaf of a classifier.</summary>
    public double MaximumTreeOutput = 100;

    internal override void Check()
    {
        base.Check();
        Contracts.CheckParam(MaximumTreeOutput >= 0, nameof(MaximumTreeOutput), "Must be non-negative.");
        Contracts.CheckParam(Shrinkage > 0, nameof(Shrinkage), "Must be positive.");
    }

    internal BoosterOptions ToBoosterOptions(double maximumOutput) => new()
    {
        Trees = NumberOfTrees,
        Tree = ToGrowerOptions(),
        Step = LearningRate * Shrinkage,
        MaximumOutput = maximumOutput,
        AllowEmptyTrees = AllowEmptyTrees,
        FeatureFraction = FeatureFraction,
        FeatureSelectionSeed = FeatureSelectionSeed,
        BaggingSize = BaggingSize,
        BaggingExampleFraction = BaggingExampleFraction,
        Seed = Seed,
    };
}
