using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Options of all trainers of trees.</summary>
public abstract class TreeOptions : TrainerInputBaseWithGroupId
{
    public int? NumberOfThreads = null;

    /// <summary>Of bags, and of the choice among features at a split.</summary>
    public int Seed = 123;

    /// <summary>Of the features that a tree may use.</summary>
    public int FeatureSelectionSeed = 123;

    public double EntropyCoefficient;

    /// <summary>At most 256 here, as many as a byte can tell apart.</summary>
    public int MaximumBinCountPerFeature = 255;

    public int NumberOfLeaves = Defaults.NumberOfLeaves;

    public int MinimumExampleCountPerLeaf = Defaults.MinimumExampleCountPerLeaf;

    public int NumberOfTrees = Defaults.NumberOfTrees;

    public double FeatureFraction = 1;

    /// <summary>After how many trees the rows to learn from are drawn anew; 0 takes all rows for all trees.</summary>
    public int BaggingSize;

    public double BaggingExampleFraction = 0.7;

    public double FeatureFractionPerSplit = 1;

    /// <summary>Whether trees that cannot be split are left out; otherwise they end the training with an exception.</summary>
    public bool AllowEmptyTrees = true;

    internal virtual void Check()
    {
        Contracts.CheckParam(NumberOfThreads is null or > 0, nameof(NumberOfThreads), "Must be positive.");
        Contracts.CheckParam(NumberOfLeaves >= 2, nameof(NumberOfLeaves), "Must be at least 2.");
        Contracts.CheckParam(EntropyCoefficient is >= 0 and <= 1, nameof(EntropyCoefficient), "Must be between 0 and 1.");
        Contracts.CheckParam(FeatureFraction is >= 0 and <= 1, nameof(FeatureFraction), "Must be between 0 and 1.");
        Contracts.CheckParam(FeatureFractionPerSplit is >= 0 and <= 1, nameof(FeatureFractionPerSplit), "Must be between 0 and 1.");
        Contracts.CheckParam(MaximumBinCountPerFeature > 0, nameof(MaximumBinCountPerFeature), "Must greater than 0.");
        Contracts.CheckParam(NumberOfTrees > 0, nameof(NumberOfTrees), "Must be positive.");
        Contracts.CheckParam(BaggingSize >= 0, nameof(BaggingSize), "Must be non-negative.");
        Contracts.CheckParam(BaggingExampleFraction is >= 0 and <= 1, nameof(BaggingExampleFraction), "Must be between 0 and 1.");
        Contracts.Check(BaggingSize == 0 || NumberOfTrees % BaggingSize == 0, "Number of trees should be a multiple of number bag size");
        if (MaximumBinCountPerFeature is > BinnedFeatures.MaximumBins or < 2)
            throw new NotSupportedException(
                $"{nameof(MaximumBinCountPerFeature)} is {MaximumBinCountPerFeature}; this stand-in has 2 to {BinnedFeatures.MaximumBins} bins a feature.");
        if (NumberOfLeaves > FlatTrees.MaximumLeaves)
            throw new NotSupportedException($"{nameof(NumberOfLeaves)} is {NumberOfLeaves}; this stand-in has trees of up to {FlatTrees.MaximumLeaves} leaves.");
    }

    internal TreeGrowerOptions ToGrowerOptions() => new(
        NumberOfLeaves, MinimumExampleCountPerLeaf, EntropyCoefficient, FeatureFractionPerSplit, Seed, NumberOfThreads ?? Environment.ProcessorCount);
}
