namespace Faithful.Models;

/// <summary>The labels that stood in place of those of the data while a model was trained.</summary>
public sealed record ReplacedLabelSummary
{
    /// <summary>Gets the name of the file without folders.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Gets the number of crystals whose label was replaced, those of every part.</summary>
    public required int Crystals { get; init; }
}
