using System.Text.Json.Serialization;

namespace Faithful.Models;

/// <summary>A training that a model's own training went on from.</summary>
public sealed record Pretraining
{
    /// <summary>Gets the name of the task that was learned before.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the name of the data source: a file name without folders.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the SHA-256 of the source, lower-case hexadecimal.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Gets the SHA-256 of the parts of the split file; null when the parts follow from seed and fractions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SplitSha256 { get; init; }

    /// <summary>Gets the number of crystals in the training part.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the epoch, from 1, whose weights were taken.</summary>
    public required int Epoch { get; init; }

    /// <summary>Gets the SHA-256 of the weights that were taken, lower-case hexadecimal.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Gets the number of parameters that were taken; the others began at random.</summary>
    public required long Parameters { get; init; }
}
