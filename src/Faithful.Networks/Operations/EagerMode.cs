using static TorchSharp.torch;

namespace Faithful.Networks.Operations;

/// <summary>How one eager forward pass is run.</summary>
public sealed record EagerMode
{
    /// <summary>Gets whether the pass is one of training: only then numbers are dropped at random. The default is false.</summary>
    public bool IsTraining { get; init; }

    /// <summary>
    /// Gets the number of rows to pad crystals to, at least the atoms of the largest crystal of the batch; null lets the device
    /// count, and the host waits for it. The default is null.
    /// </summary>
    public long? LargestCrystal { get; init; }

    /// <summary>Gets the precision of products. The default is <see cref="ComputePrecision.Float32"/>.</summary>
    public ComputePrecision Precision { get; init; }

    /// <summary>
    /// Gets where the numbers come from that decide what is dropped, on the device of the values; null for libtorch's own generator,
    /// which all threads of the process share. The default is null.
    /// </summary>
    public Generator? Random { get; init; }
}
