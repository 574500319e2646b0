using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>A batch on the device.</summary>
/// <param name="Inputs">
/// The inputs by name, as the model contract describes them; edges are int32 and images int8 here, which every operation takes.
/// </param>
/// <param name="Targets">int64 classes or float32 values, shape (crystals).</param>
/// <param name="Crystals">The number of crystals.</param>
/// <param name="LargestCrystal">The atoms of the largest crystal.</param>
public sealed record ResidentBatch(IReadOnlyDictionary<string, Tensor> Inputs, Tensor Targets, int Crystals, int LargestCrystal);
