namespace Faithful.Models;

/// <summary>The expanded crystals that a model learned beside the others: far apart, atoms have no bands, and the class is that of no topology.</summary>
public sealed record AtomicLimitSummary
{
    /// <summary>Gets the number of expanded crystals.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the class that they were learned with.</summary>
    public required string Class { get; init; }

    /// <summary>Gets the smallest factor by which distances were multiplied; factors were drawn evenly in their logarithm.</summary>
    public required double SmallestFactor { get; init; }

    /// <summary>Gets the largest factor.</summary>
    public required double LargestFactor { get; init; }
}
