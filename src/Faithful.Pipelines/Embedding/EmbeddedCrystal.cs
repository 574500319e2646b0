using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>A crystal in the form that models take.</summary>
/// <param name="prepared">Its numbers; those of a crystal without any when it cannot be read or a model cannot take it.</param>
internal sealed class EmbeddedCrystal(PreparedCrystal prepared)
{
    /// <summary>Gets the descriptors; empty when there are none.</summary>
    public float[] Descriptors => prepared.Descriptors;

    /// <summary>Gets the arrays of the contract; null when there are none.</summary>
    public CrystalBatch? Arrays => field ??= prepared.FallbackReason is null ? CrystalBatch.Pack([prepared]) : null;

    /// <summary>Gets why there are no numbers; else empty.</summary>
    public string Note => prepared.FallbackReason ?? "";
}
