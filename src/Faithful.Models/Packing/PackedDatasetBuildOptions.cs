using Faithful.Crystals.Formats;

namespace Faithful.Models.Packing;

/// <summary>How a packed data set is built. None of these options changes what a whole source gives.</summary>
public sealed record PackedDatasetBuildOptions
{
    /// <summary>Gets the name of the source, with which the origins of its crystals begin. The default is empty.</summary>
    public string Source { get; init; } = "";

    /// <summary>Gets whether the first entry without a crystal ends the building. The default is false: it is left out and counted.</summary>
    public bool Strict { get; init; }

    /// <summary>Gets whether a disordered crystal is no reason to end a strict building. The default is false.</summary>
    public bool SkipsDisordered { get; init; }

    /// <summary>Gets the number of crystals that are prepared at once, at least 1. The default is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets what hears of every entry that is left out, in the order of the source; null for nobody.</summary>
    public Action<CrystalFormatException>? Rejected { get; init; }
}
