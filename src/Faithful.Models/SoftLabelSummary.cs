namespace Faithful.Models;

/// <summary>The answers of other models that a model learned from beside the labels (distillation).</summary>
public sealed record SoftLabelSummary
{
    /// <summary>Gets the name of the file without folders.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Gets the number of crystals that were learned with them.</summary>
    public required int Crystals { get; init; }
}
