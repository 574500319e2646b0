namespace Faithful.Serving;

/// <summary>Where a model computes.</summary>
public enum ServingDevice
{
    /// <summary>The first CUDA device when there is one that works, the processor otherwise.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The first CUDA device; the processor, and a note that says why, when it does not work.</summary>
    Cuda,
}
