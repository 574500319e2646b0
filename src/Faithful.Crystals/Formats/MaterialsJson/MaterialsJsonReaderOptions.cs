namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>How materials JSONL files are read.</summary>
public sealed record MaterialsJsonReaderOptions
{
    /// <summary>Gets the number of threads that parse lines; 0 means one for each processor, 1 the caller's alone. The default value is 0.</summary>
    public int Threads { get; init; }

    /// <summary>Gets the longest line that is read, in bytes. The default value is 16 MiB, some 200,000 atoms.</summary>
    public int MaximumLineLength { get; init; } = 16 << 20;

    internal int EffectiveThreads => Threads switch
    {
        > 0 => Threads,
        0 => Environment.ProcessorCount,
        _ => throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "The number of threads is positive, or 0 for all processors."),
    };
}
