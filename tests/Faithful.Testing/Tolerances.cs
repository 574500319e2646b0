namespace Faithful.Testing;

/// <summary>How closely two results must agree: the one table of all tests.</summary>
public static class Tolerances
{
    /// <summary>Double-precision arithmetic of a few steps, relative.</summary>
    public const double Double = 1e-10;

    /// <summary>Distances that were computed in another cell, orientation or about another origin, Å.</summary>
    public const double Distance = 1e-8;

    /// <summary>The same float32 network in two programs (eager and ONNX), relative to the largest output.</summary>
    public const double SingleParity = 1e-5;

    /// <summary>The same ONNX file in two runtimes, relative to the largest output.</summary>
    public const double OtherRuntime = 1e-4;

    /// <summary>The same crystal in another batch, or with another number of threads, relative to the largest output.</summary>
    public const double BatchComposition = 1e-6;

    /// <summary>The same trees in two programs that add up in float64 and round to float32, relative to the largest output.</summary>
    public const double TreeParity = 1e-6;

    /// <summary>A float32 prediction for the same crystal described otherwise.</summary>
    public const double SingleInvariance = 1e-4;

    /// <summary>A probability of a voxel network under another origin; measured on the examples: 0.0014 at most.</summary>
    public const double VoxelDrift = 5e-3;

    /// <summary>A float64 gradient against central differences, relative.</summary>
    public const double GradientDouble = 1e-5;

    /// <summary>The distance tolerance of spglib's own tests, Å.</summary>
    public const double SymmetryExact = 1e-5;
}
