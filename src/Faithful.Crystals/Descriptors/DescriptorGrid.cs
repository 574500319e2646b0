namespace Faithful.Crystals.Descriptors;

/// <summary>
/// Rounds descriptors to a grid of sixteen binary digits, some five decimal ones: the same crystal in another cell has values whose
/// last digits are others, and a threshold of a tree that lies between them would tell it from itself.
/// </summary>
/// <remarks>
/// The grid is binary, because then halves, quarters, whole numbers and their multiples are points of it, and thirds, fifths and all
/// other simple fractions lie far from the middle between two points, where rounding is decided: k/n for odd n at least 1/(2n) of a
/// step. Below 1 the steps have one size: what cancels to zero but for rounding is zero.
/// </remarks>
internal static class DescriptorGrid
{
    private const int DroppedBits = 8; // of the 24 of a float32
    private const float SmallSteps = 65536; // 2¹⁶ to 1
    private const uint Exponent = 0x7F800000;

    /// <summary>Rounds values in place, halves away from zero; NaN and infinities stay.</summary>
    /// <param name="values">The values.</param>
    public static void Round(Span<float> values)
    {
        foreach (ref var value in values)
        {
            value = Round(value);
        }
    }

    /// <summary>Gets the size of a step at a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>2⁻¹⁶ below 1, 2⁻¹⁵ below 2, 2⁻¹⁴ below 4 and so on.</returns>
    public static double Step(float value) => Math.Abs(value) < 1 ? 1 / SmallSteps : Math.ScaleB(1, Math.ILogB(value) - (23 - DroppedBits));

    private static float Round(float value)
    {
        if (Math.Abs(value) < 1)
        {
            return MathF.Round(value * SmallSteps, MidpointRounding.AwayFromZero) / SmallSteps;
        }

        var bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & Exponent) == Exponent
            ? value
            : BitConverter.UInt32BitsToSingle((bits + (1u << (DroppedBits - 1))) & ~((1u << DroppedBits) - 1));
    }
}
