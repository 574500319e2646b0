using Faithful.Crystals.Descriptors;
using Faithful.Models.Trees;
using Faithful.Networks.Training;
using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>
/// Options of gradient-boosted trees over the descriptors of crystals. Those of the trees are named as ML.NET's FastTree names
/// them. The attributes are the search space of a sweep.
/// </summary>
public sealed record CrystalTreesOptions
{
    /// <summary>
    /// Gets the name of the <see cref="DescriptorSet"/> that the trees look at. The default is <c>best</c>; tasks that ask for the
    /// symmetry take <c>best-no-symmetry</c>.
    /// </summary>
    public string Descriptors { get; init; } = "best";

    /// <summary>
    /// Gets the largest number of trees of each class, or of the regression, in each repeat: the validation part chooses how many
    /// of them are kept. Range 1..100,000; the default is 400.
    /// </summary>
    [Range(100, 1000, 400, true)]
    public int NumberOfTrees { get; init; } = 400;

    /// <summary>Gets the largest number of leaves of a tree. Range 2..10,000; the default is 40.</summary>
    [Range(8, 160, 40, true)]
    public int NumberOfLeaves { get; init; } = 40;

    /// <summary>Gets the smallest number of crystals of the training part in a leaf. Range 1..100,000; the default is 10.</summary>
    [Range(1, 50, 10, true)]
    public int MinimumExampleCountPerLeaf { get; init; } = 10;

    /// <summary>Gets how much of what it learned a tree adds. Range (0, 1]; the default is 0.1.</summary>
    [Range(0.02, 0.4, 0.1, true)]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Gets the share of the descriptors, drawn for each tree, that it may look at. Range (0, 1]; the default is 0.3.</summary>
    [Range(0.05, 1.0, 0.3, true)]
    public double FeatureFraction { get; init; } = 0.3;

    /// <summary>Gets the share of those that are drawn again for each split. Range (0, 1]; the default is 1.</summary>
    [Range(0.1, 1.0, 1.0)]
    public double FeatureFractionPerSplit { get; init; } = 1;

    /// <summary>
    /// Gets the share of the crystals, drawn for each tree, that it is grown on. Range (0, 1]; the default, 1, takes all of them.
    /// </summary>
    [Range(0.4, 1.0, 1.0)]
    public double BaggingExampleFraction { get; init; } = 1;

    /// <summary>
    /// Gets how much splits into parts of equal size are favoured, in units of FastTree. Range 0..1; the default is 1.
    /// </summary>
    [Range(0.0, 1.0, 1.0)]
    public double EntropyCoefficient { get; init; } = 1;

    /// <summary>
    /// Gets how often all trees are grown, each time with another seed: the mean of what they say is better than what one of them
    /// says, for as many times the work. Range 1..100; the default is 1.
    /// </summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// Gets whether the trees of a classification also look at the classes of relatives: crystals of the training part with the same space
    /// group and the same electrons on it. The default is false.
    /// </summary>
    /// <remarks>See <see cref="RelativeKeys"/>. The descriptors must tell Wyckoff positions, as <c>best</c> does.</remarks>
    public bool LooksAtRelatives { get; init; }

    /// <summary>Gets the largest number of intervals that the values of a descriptor are divided into. Range 2..256; the default is 255.</summary>
    public int MaximumBinCountPerFeature { get; init; } = 255;

    /// <summary>
    /// Gets the number that stands for a descriptor that does not exist: FastTree leaves rows with NaN out. The default, 1000, lies
    /// beyond the values of most descriptors.
    /// </summary>
    public float MissingValue { get; init; } = 1000;

    /// <summary>Gets how much the crystals of each class count in a classification. The default is <see cref="ClassWeighting.None"/>.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>Gets what decides how many trees are kept. The default is <see cref="SelectionMetric.Accuracy"/>.</summary>
    public SelectionMetric MetricForBest { get; init; }

    /// <summary>Gets the seed of what is drawn. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        Check(DescriptorSet.All.Any(set => set.Name == Descriptors), $"Descriptors must be one of {string.Join(", ", DescriptorSet.All)}, found {Descriptors ?? "null"}.");
        Check(NumberOfTrees is >= 1 and <= 100_000, $"NumberOfTrees must lie in 1..100,000, found {NumberOfTrees}.");
        Check(NumberOfLeaves is >= 2 and <= 10_000, $"NumberOfLeaves must lie in 2..10,000, found {NumberOfLeaves}.");
        Check(MinimumExampleCountPerLeaf is >= 1 and <= 100_000, $"MinimumExampleCountPerLeaf must lie in 1..100,000, found {MinimumExampleCountPerLeaf}.");
        CheckShare(LearningRate, nameof(LearningRate));
        CheckShare(FeatureFraction, nameof(FeatureFraction));
        CheckShare(FeatureFractionPerSplit, nameof(FeatureFractionPerSplit));
        CheckShare(BaggingExampleFraction, nameof(BaggingExampleFraction));
        Check(EntropyCoefficient is >= 0 and <= 1, $"EntropyCoefficient must lie in 0..1, found {EntropyCoefficient}.");
        Check(Repeats is >= 1 and <= 100, $"Repeats must lie in 1..100, found {Repeats}.");
        Check(MaximumBinCountPerFeature is >= 2 and <= 256, $"MaximumBinCountPerFeature must lie in 2..256, found {MaximumBinCountPerFeature}.");
        Check(float.IsFinite(MissingValue), $"MissingValue must be finite, found {MissingValue}.");
        Check(
            !LooksAtRelatives || DescriptorSet.All.All(set => set.Name != Descriptors || RelativeKeys.Fit(set)),
            $"LooksAtRelatives needs descriptors that tell Wyckoff positions ({string.Join(", ", DescriptorSet.All.Where(RelativeKeys.Fit))}), found {Descriptors}.");
        CheckName(ClassWeights, nameof(ClassWeights));
        CheckName(MetricForBest, nameof(MetricForBest));
        return faults;

        void Check(bool holds, FormattableString fault)
        {
            if (!holds)
            {
                faults.Add(FormattableString.Invariant(fault));
            }
        }

        void CheckShare(double value, string name) => Check(value is > 0 and <= 1, $"{name} must lie in (0, 1], found {value}.");

        void CheckName<T>(T choice, string name)
            where T : struct, Enum => Check(Enum.IsDefined(choice), $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}, found {choice}.");
    }
}
