namespace Faithful.Models.Packing;

/// <summary>What the header of a packed data set says in JSON.</summary>
internal sealed record PackedDescription
{
    /// <summary>Gets what the data set was made of.</summary>
    public required PackedDatasetKey Key { get; init; }

    /// <summary>Gets the number of crystals, those that take the fallback included.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the number of crystals that have a reason instead of arrays.</summary>
    public required int Fallbacks { get; init; }

    /// <summary>Gets the number of entries of the source that hold no crystal.</summary>
    public required int Rejected { get; init; }

    /// <summary>Gets the number of atoms of all prepared cells.</summary>
    public required long Atoms { get; init; }

    /// <summary>Gets the number of directed edges.</summary>
    public required long Edges { get; init; }
}
