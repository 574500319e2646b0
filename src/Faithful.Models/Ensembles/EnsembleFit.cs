using System.Text.Json.Serialization;

namespace Faithful.Models.Ensembles;

/// <summary>What an ensemble was fitted on.</summary>
public sealed record EnsembleFit
{
    /// <summary>Gets the name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the SHA-256 of the data.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Gets the SHA-256 of the parts of the split file; null when the parts follow from seed and fractions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SplitSha256 { get; init; }

    /// <summary>Gets the part of the data, for example <c>validation</c>.</summary>
    public required string Part { get; init; }

    /// <summary>Gets the number of crystals that at least one member can take.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the factor of the squared coefficients of a stacked ensemble, chosen by cross-validation; null for other methods.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Regularization { get; init; }

    /// <summary>Gets the quality on the crystals that it was fitted on: metric name, then value.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();
}
