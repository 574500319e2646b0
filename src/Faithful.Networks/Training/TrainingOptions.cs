namespace Faithful.Networks.Training;

/// <summary>Options of a training run.</summary>
public sealed record TrainingOptions
{
    /// <summary>Gets the number of passes over the training part. Range 1..100,000; the default is 30.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Gets the number of crystals in a batch. Range 1..65,536; the default is 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Gets the highest learning rate of the schedule. Range (0, 1]; the default is 0.002.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Gets the decoupled weight decay. Range 0..1; the default is 0.02.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Gets the fraction of all steps in which the learning rate rises from 0. Range 0..0.5; the default is 0.05.</summary>
    public double WarmupFraction { get; init; } = 0.05;

    /// <summary>Gets the norm to which the gradient is clipped. Above 0; the default is 5.</summary>
    public double GradientClipNorm { get; init; } = 5;

    /// <summary>Gets the seed of starting values and shuffles. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        Check(Epochs is >= 1 and <= 100_000, $"Epochs must lie in 1..100,000, found {Epochs}.");
        Check(BatchSize is >= 1 and <= 65_536, $"BatchSize must lie in 1..65,536, found {BatchSize}.");
        Check(LearningRate is > 0 and <= 1, $"LearningRate must lie in (0, 1], found {LearningRate}.");
        Check(WeightDecay is >= 0 and <= 1, $"WeightDecay must lie in 0..1, found {WeightDecay}.");
        Check(WarmupFraction is >= 0 and <= 0.5, $"WarmupFraction must lie in 0..0.5, found {WarmupFraction}.");
        Check(GradientClipNorm > 0, $"GradientClipNorm must be above 0, found {GradientClipNorm}.");
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
