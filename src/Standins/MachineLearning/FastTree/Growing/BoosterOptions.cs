namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>How an ensemble is boosted; FastTree's options of the same names.</summary>
internal sealed record BoosterOptions
{
    public required int Trees { get; init; }

    public required TreeGrowerOptions Tree { get; init; }

    /// <summary>Gets what the leaf values are multiplied by: learning rate times shrinkage.</summary>
    public required double Step { get; init; }

    /// <summary>Gets the largest absolute leaf value, which may be ∞.</summary>
    public required double MaximumOutput { get; init; }

    /// <summary>Gets a value indicating whether trees without any split are left out instead of ending the training.</summary>
    public required bool AllowEmptyTrees { get; init; }

    public required double FeatureFraction { get; init; }

    public required int FeatureSelectionSeed { get; init; }

    /// <summary>Gets after how many trees new rows are drawn; 0 for all rows always.</summary>
    public required int BaggingSize { get; init; }

    public required double BaggingExampleFraction { get; init; }

    public required int Seed { get; init; }
}
