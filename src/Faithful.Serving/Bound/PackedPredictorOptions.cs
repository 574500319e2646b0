namespace Faithful.Serving;

/// <summary>How a <see cref="PackedPredictor"/> works. Only <see cref="AllowsTensorFloat32"/> changes a prediction.</summary>
public sealed record PackedPredictorOptions
{
    /// <summary>Gets where the model computes. The default is <see cref="ServingDevice.Auto"/>.</summary>
    public ServingDevice Device { get; init; } = ServingDevice.Auto;

    /// <summary>Gets the number of threads that lay out batches ahead of the device; 0 for three quarters of the processors. Range 0..256. The default is 0.</summary>
    public int Workers { get; init; }

    /// <summary>Gets the number of batches that the device computes at once. Range 1..16; the default is 4: while one is copied or waits for the host, the others are computed.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>Gets the largest number of crystals in a batch. Range 1..65,536; the default is 1,024.</summary>
    public int MaxCrystalsPerBatch { get; init; } = 1024;

    /// <summary>Gets the largest number of atoms in a batch; a larger crystal makes a batch of its own. At least 1; the default is 32,768.</summary>
    public int MaxAtomsPerBatch { get; init; } = 32_768;

    /// <summary>
    /// Gets the largest number of directed edges in a batch, counted as if every atom had as many as the one that has the most. A
    /// crystal with more makes a batch of its own. At least 1; the default is 1,000,000.
    /// </summary>
    public int MaxEdgesPerBatch { get; init; } = 1_000_000;

    /// <summary>Gets whether a GPU's batches lie in page-locked memory, from which it copies faster. The default is true.</summary>
    public bool PageLocked { get; init; } = true;

    /// <summary>Gets whether a CUDA device may round the factors of matrix products to the 10 bits of TF32, as <see cref="ServingOptions.AllowsTensorFloat32"/> says. The default is false.</summary>
    public bool AllowsTensorFloat32 { get; init; }

    /// <summary>Gets the number of workers for a machine.</summary>
    internal int WorkersHere => Workers > 0 ? Workers : Math.Max(AtOnce, Environment.ProcessorCount * 3 / 4);

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        Check(Enum.IsDefined(Device), $"Device must be Auto, Cpu or Cuda, found {Device}.");
        Check(Workers is >= 0 and <= 256, $"Workers must lie in 0..256, found {Workers}.");
        Check(AtOnce is >= 1 and <= 16, $"AtOnce must lie in 1..16, found {AtOnce}.");
        Check(MaxCrystalsPerBatch is >= 1 and <= 65_536, $"MaxCrystalsPerBatch must lie in 1..65,536, found {MaxCrystalsPerBatch}.");
        Check(MaxAtomsPerBatch >= 1, $"MaxAtomsPerBatch must be at least 1, found {MaxAtomsPerBatch}.");
        Check(MaxEdgesPerBatch >= 1, $"MaxEdgesPerBatch must be at least 1, found {MaxEdgesPerBatch}.");
        return faults;

        void Check(bool holds, FormattableString fault)
        {
            if (!holds)
            {
                faults.Add(FormattableString.Invariant(fault));
            }
        }
    }
}
