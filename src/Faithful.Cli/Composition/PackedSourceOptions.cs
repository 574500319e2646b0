namespace Faithful.Cli.Composition;

/// <summary>How a source is packed for a command.</summary>
internal sealed record PackedSourceOptions
{
    /// <summary>Gets the file; null for the one in the folder of caches that the source's content and the preparation name.</summary>
    public string? Path { get; init; }

    /// <summary>Gets whether the file is kept for the next command, and one that is there is used. The default is true.</summary>
    public bool Keep { get; init; } = true;

    /// <summary>Gets whether a file is built even if there is a good one.</summary>
    public bool Force { get; init; }

    /// <summary>Gets whether the first entry without a crystal ends the command.</summary>
    public bool Strict { get; init; }

    /// <summary>Gets whether disordered crystals are passed over, and so are no faults.</summary>
    public bool SkipsDisordered { get; init; }

    /// <summary>Gets the label column without which packing would be in vain; null when any will do.</summary>
    public string? NeededColumn { get; init; }
}
