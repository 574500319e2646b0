using System.Net;

namespace Faithful.Service;

/// <summary>How predictions are served over HTTP. None of these options changes a prediction.</summary>
public sealed record ServiceOptions
{
    /// <summary>Gets the address to listen at. The default is <see cref="IPAddress.Loopback"/>: this machine alone.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Gets the port, 0..65535; 0 takes a free one. The default is 5080.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Gets the longest body of a request in bytes, 1,024 to 1 GiB. The default is 4 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 4 << 20;

    /// <summary>Gets how long a request may take, 0.1 s to an hour. The default is 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the most crystals that one run of a model takes, 1..65536. The default is 64.</summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>
    /// Gets the most crystals that are in the service at once, 1..1,000,000; requests beyond are turned away with status 503. The
    /// default is 1,024.
    /// </summary>
    public int QueueLength { get; init; } = 1024;

    /// <summary>Gets the most crystals of one request, at least 1. The default is 256.</summary>
    public int MaxStructures { get; init; } = 256;

    /// <summary>
    /// Gets the most atoms of one cell, at least 1. The default is 2,000: the symmetry finder, which cannot be interrupted, takes
    /// longer than in proportion.
    /// </summary>
    public int MaxAtoms { get; init; } = 2000;

    /// <summary>
    /// Gets the bytes that bodies of requests and prepared crystals may take together, at least 1 MiB; requests beyond are turned
    /// away with status 503. The default is 256 MiB.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 256L << 20;

    /// <summary>Gets the most open connections, at least 1; further ones are closed at once. The default is 4,096.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>
    /// Gets the number of threads that prepare crystals, and of those that run models; 0 for one a core. Range 0..1024. The default is 0.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>Gets the number of threads of each kind.</summary>
    internal int EffectiveThreads => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        Check(faults, nameof(Port), Port, 0, 65_535);
        Check(faults, nameof(MaxBodyBytes), MaxBodyBytes, 1024, 1 << 30);
        Check(faults, nameof(MaxBatch), MaxBatch, 1, 65_536);
        Check(faults, nameof(QueueLength), QueueLength, 1, 1_000_000);
        Check(faults, nameof(MaxStructures), MaxStructures, 1, int.MaxValue);
        Check(faults, nameof(MaxAtoms), MaxAtoms, 1, int.MaxValue);
        Check(faults, nameof(MaxMemoryBytes), MaxMemoryBytes, 1 << 20, long.MaxValue);
        Check(faults, nameof(MaxConnections), MaxConnections, 1, int.MaxValue);
        Check(faults, nameof(Threads), Threads, 0, 1024);
        if (Address is null)
        {
            faults.Add("Address must be an IP address, found none.");
        }

        if (!(Timeout >= TimeSpan.FromSeconds(0.1) && Timeout <= TimeSpan.FromHours(1)))
        {
            faults.Add($"Timeout must lie in 0.1 s to an hour, found {Timeout}.");
        }

        return faults;
    }

    private static void Check(List<string> faults, string name, long value, long smallest, long largest)
    {
        if (value < smallest || value > largest)
        {
            faults.Add(largest >= int.MaxValue
                ? $"{name} must be at least {smallest}, found {value}."
                : $"{name} must lie in {smallest}..{largest}, found {value}.");
        }
    }
}
