using System.Globalization;

namespace Faithful.Datasets;

/// <summary>Options of <see cref="DataSplit"/>.</summary>
public sealed record SplitOptions
{
    /// <summary>Gets the fraction of all rows held back for the final measurement, in [0, 1). The default value is 0.1.</summary>
    public double TestFraction { get; init; } = 0.1;

    /// <summary>Gets the fraction of all rows that choose the epoch, in [0, 1). The default value is 0.1.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Gets the seed: another seed deals the groups out anew. The default value is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is outside its range, or nothing is left for training.</exception>
    public void Validate()
    {
        // The negated form also refuses NaN.
        if (!(TestFraction >= 0 && ValidationFraction >= 0 && TestFraction + ValidationFraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(TestFraction),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The test fraction ({TestFraction}) and the validation fraction ({ValidationFraction}) must not be negative, and together below 1."));
        }
    }
}
