using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The seed of a context, and the random numbers that follow from it.</summary>
internal sealed class LocalEnvironment(int? seed) : IHostEnvironment
{
    private readonly Lock gate = new();
    private readonly Random seeds = seed is { } value ? new Random(value) : new Random();

    public int? Seed { get; } = seed;

    public ComponentCatalog ComponentCatalog { get; } = new();

    public int? GpuDeviceId { get; set; }

    public bool FallbackToCpu { get; set; } = true;

    /// <summary>Each call starts another sequence; with a seed the calls of one order start the same sequences.</summary>
    public Random CreateRandom()
    {
        lock (gate)
        {
            return new Random(seeds.Next());
        }
    }
}
