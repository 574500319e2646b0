namespace Faithful.Serving;

/// <summary>How a model is served. Only <see cref="AppliesCalibration"/> and <see cref="AllowsTensorFloat32"/> change a prediction.</summary>
public sealed record ServingOptions
{
    /// <summary>Gets where the model computes. The default is <see cref="ServingDevice.Auto"/>.</summary>
    public ServingDevice Device { get; init; } = ServingDevice.Auto;

    /// <summary>
    /// Gets the number of threads that compute one operation on the processor, where batches then follow each other; 0 for one thread,
    /// and as many batches at once as there are cores. Range 0..1024. The default is 0.
    /// </summary>
    public int IntraOpThreads { get; init; }

    /// <summary>
    /// Gets the number of atoms after which a batch is closed, at least 1. A larger crystal makes a batch of its own. The
    /// default is 4,096.
    /// </summary>
    public int MaxAtomsPerBatch { get; init; } = 4096;

    /// <summary>
    /// Gets the number of directed edges after which a batch is closed, at least 1. They are counted as if every atom had as
    /// many as the one that has the most, because graphs lay them out in such a table. A crystal with more makes a batch of its
    /// own. The default is 32,768: on 2 cores larger batches are no faster and take more memory.
    /// </summary>
    public int MaxEdgesPerBatch { get; init; } = 32_768;

    /// <summary>
    /// Gets whether the calibrations of cards are applied. The default is true; without them probabilities are those of the ONNX file.
    /// </summary>
    public bool AppliesCalibration { get; init; } = true;

    /// <summary>
    /// Gets whether a CUDA device may round the factors of matrix products to the 10 bits of TF32, which its tensor cores multiply
    /// faster; predictions then differ from the processor's by what the card calls rounding to float16. The default is false.
    /// </summary>
    public bool AllowsTensorFloat32 { get; init; }

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (!Enum.IsDefined(Device))
        {
            faults.Add($"Device must be Auto, Cpu or Cuda, found {Device}.");
        }

        if (IntraOpThreads is < 0 or > 1024)
        {
            faults.Add($"IntraOpThreads must lie in 0..1024, found {IntraOpThreads}.");
        }

        if (MaxAtomsPerBatch < 1)
        {
            faults.Add($"MaxAtomsPerBatch must be at least 1, found {MaxAtomsPerBatch}.");
        }

        if (MaxEdgesPerBatch < 1)
        {
            faults.Add($"MaxEdgesPerBatch must be at least 1, found {MaxEdgesPerBatch}.");
        }

        return faults;
    }
}
