using System.Globalization;

namespace Faithful.Datasets;

/// <summary>Options of <see cref="DataSplit"/>.</summary>
public sealed record SplitOptions
{
    /// <summary>Gets what is never divided between parts. The default value is <see cref="SplitKind.Group"/>.</summary>
    public SplitKind Kind { get; init; } = SplitKind.Group;

    /// <summary>
    /// Gets the fraction of all rows held back for the final measurement, in [0, 1); without meaning where there are folds. The
    /// default value is 0.1.
    /// </summary>
    public double TestFraction { get; init; } = 0.1;

    /// <summary>Gets the fraction of all rows that choose the epoch, in [0, 1). The default value is 0.1.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Gets the seed: another seed deals the groups out anew. The default value is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the number of folds, 2 or more: every row is in the test part of exactly one. The default value 0 means no folds.</summary>
    public int Folds { get; init; }

    /// <summary>Gets which fold is the test part, 1 to <see cref="Folds"/>. The default value is 1.</summary>
    public int Fold { get; init; } = 1;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A fraction or a fold is outside its range, or nothing is left for training.</exception>
    public void Validate()
    {
        if (Folds is < 0 or 1 || Fold < 1 || Fold > Math.Max(1, Folds))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Fold),
                string.Create(CultureInfo.InvariantCulture, $"Folds ({Folds}) must be 0, or 2 or more, and Fold ({Fold}) one of them, from 1."));
        }

        var test = Folds > 0 ? 1.0 / Folds : TestFraction;

        // The negated form also refuses NaN.
        if (!(test >= 0 && ValidationFraction >= 0 && test + ValidationFraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(TestFraction),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The test fraction ({test}) and the validation fraction ({ValidationFraction}) must not be negative, and together below 1."));
        }
    }
}
