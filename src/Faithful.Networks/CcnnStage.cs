namespace Faithful.Networks;

/// <summary>One stage of <see cref="Ccnn"/>: a convolution, then residual blocks of two convolutions each.</summary>
/// <param name="Channels">The number of channels. Range 1..1024.</param>
/// <param name="Kernel">The edge of the first convolution's kernel in voxels: odd, or as long as the stride. Range 1..9.</param>
/// <param name="Stride">How many times fewer voxels an axis has after the stage. Range 1..8.</param>
/// <param name="Blocks">The number of residual blocks. Range 0..8.</param>
public sealed record CcnnStage(int Channels, int Kernel, int Stride, int Blocks)
{
    /// <summary>Gets the voxels that are left of an axis; a kernel as long as its stride drops what it does not fill.</summary>
    /// <param name="voxels">The voxels before the stage.</param>
    /// <returns>The voxels after it.</returns>
    public int Shrink(int voxels) => Kernel == Stride ? voxels / Stride : (voxels + Stride - 1) / Stride;
}
