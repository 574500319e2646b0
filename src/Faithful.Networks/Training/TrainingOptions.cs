using Faithful.Networks.Operations;

namespace Faithful.Networks.Training;

/// <summary>Options of a training run.</summary>
public sealed record TrainingOptions
{
    /// <summary>Gets the number of passes over the training part. Range 1..100,000; the default is 30.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Gets the largest number of crystals in a batch. Range 1..65,536; the default is 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Gets the largest number of atoms in a batch; 0 for no limit, the default.</summary>
    public int AtomBudget { get; init; }

    /// <summary>Gets the largest number of directed edges in a batch; 0 for no limit, the default.</summary>
    public int EdgeBudget { get; init; }

    /// <summary>
    /// Gets the number of parts in which a batch is computed, crystals of similar size together: their gradients add up, so that
    /// only padding and memory change. Range 1..64; the default is 1.
    /// </summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>
    /// Gets the number of batches whose crystals are sorted by size among each other, so that a whole batch holds crystals of
    /// similar size; 0 for batches of any sizes, the default. Batches that are alike train worse (point groups of the sample: an
    /// accuracy of 0.79 without, 0.60 with 32), so parts of a batch are the better way to save padding. Range 0..65,536.
    /// </summary>
    public int BucketBatches { get; init; }

    /// <summary>Gets the highest learning rate of the schedule. Range (0, 1]; the default is 0.002.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Gets the decoupled weight decay. Range 0..1; the default is 0.02.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Gets the fraction of all steps in which the learning rate rises from 0. Range 0..0.5; the default is 0.05.</summary>
    public double WarmupFraction { get; init; } = 0.05;

    /// <summary>Gets the norm to which the gradient is clipped. Above 0; the default is 5.</summary>
    public double GradientClipNorm { get; init; } = 5;

    /// <summary>
    /// Gets how much of the averaged weights stays at each step: the average forgets over 1 / (1 − this) steps. The average is
    /// what is validated and kept. 0 keeps the weights themselves, the default. Range 0..0.99999.
    /// </summary>
    public double WeightAverage { get; init; }

    /// <summary>Gets the number of epochs without a better one after which training ends; 0 for never, the default.</summary>
    public int Patience { get; init; }

    /// <summary>
    /// Gets the accuracy on the part that chooses the epoch with which training ends, the goal being reached; 0 for never, the default.
    /// Range 0..1; of a classification only.
    /// </summary>
    public double AccuracyToReach { get; init; }

    /// <summary>Gets what decides which epoch's weights are kept. The default is <see cref="SelectionMetric.Accuracy"/>.</summary>
    public SelectionMetric MetricForBest { get; init; }

    /// <summary>Gets how much the crystals of each class count in the training loss. The default is <see cref="ClassWeighting.None"/>.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>
    /// Gets how much of the answer that a classification is trained on is spread over all classes. Range 0..0.9; the default is 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Gets what a regression minimises. The default is <see cref="Training.RegressionLoss.L1"/>.</summary>
    public RegressionLoss RegressionLoss { get; init; }

    /// <summary>Gets the precision of products while training and validating. The default is float32.</summary>
    public ComputePrecision Precision { get; init; }

    /// <summary>Gets the seed of starting values, shuffles and dropped numbers. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        Check(Epochs is >= 1 and <= 100_000, $"Epochs must lie in 1..100,000, found {Epochs}.");
        Check(BatchSize is >= 1 and <= 65_536, $"BatchSize must lie in 1..65,536, found {BatchSize}.");
        Check(AtomBudget >= 0, $"AtomBudget must be 0 or more, found {AtomBudget}.");
        Check(EdgeBudget >= 0, $"EdgeBudget must be 0 or more, found {EdgeBudget}.");
        Check(BatchParts is >= 1 and <= 64, $"BatchParts must lie in 1..64, found {BatchParts}.");
        Check(BucketBatches is >= 0 and <= 65_536, $"BucketBatches must lie in 0..65,536, found {BucketBatches}.");
        Check(LearningRate is > 0 and <= 1, $"LearningRate must lie in (0, 1], found {LearningRate}.");
        Check(WeightDecay is >= 0 and <= 1, $"WeightDecay must lie in 0..1, found {WeightDecay}.");
        Check(WarmupFraction is >= 0 and <= 0.5, $"WarmupFraction must lie in 0..0.5, found {WarmupFraction}.");
        Check(GradientClipNorm > 0, $"GradientClipNorm must be above 0, found {GradientClipNorm}.");
        Check(WeightAverage is >= 0 and <= 0.99999, $"WeightAverage must lie in 0..0.99999, found {WeightAverage}.");
        Check(Patience >= 0, $"Patience must be 0 or more, found {Patience}.");
        Check(AccuracyToReach is >= 0 and <= 1, $"AccuracyToReach must lie in 0..1, found {AccuracyToReach}.");
        Check(LabelSmoothing is >= 0 and <= 0.9, $"LabelSmoothing must lie in 0..0.9, found {LabelSmoothing}.");
        CheckName(MetricForBest);
        CheckName(ClassWeights);
        CheckName(RegressionLoss);
        CheckName(Precision);
        return faults;

        void Check(bool holds, FormattableString fault)
        {
            if (!holds)
            {
                faults.Add(FormattableString.Invariant(fault));
            }
        }

        void CheckName<T>(T choice)
            where T : struct, Enum => Check(Enum.IsDefined(choice), $"{typeof(T).Name} must be one of {string.Join(", ", Enum.GetNames<T>())}, found {choice}.");
    }
}
