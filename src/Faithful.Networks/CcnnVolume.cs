namespace Faithful.Networks;

/// <summary>What the global vector of <see cref="Ccnn"/> adds to the grid.</summary>
public enum CcnnVolume
{
    /// <summary>One number a channel, the same in every voxel: it does not tell one origin from another.</summary>
    Uniform,

    /// <summary>Two channels of a number for each voxel, from a grid of half the size, as in the paper's code.</summary>
    Full,
}
