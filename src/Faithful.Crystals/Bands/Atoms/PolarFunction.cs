namespace Faithful.Crystals.Bands;

/// <summary>The dependence of real spherical harmonics on the angle to the axis, normalised to ∫ Θ² d cos θ = 1.</summary>
internal static class PolarFunction
{
    private static readonly double[] Norms =
    [
        Math.Sqrt(0.5),
        Math.Sqrt(1.5), Math.Sqrt(0.75),
        Math.Sqrt(2.5), Math.Sqrt(3.75), Math.Sqrt(15.0 / 16),
        Math.Sqrt(3.5), Math.Sqrt(21.0 / 32), Math.Sqrt(105.0 / 16), Math.Sqrt(35.0 / 32),
    ];

    /// <summary>Evaluates Θ for l = 0..3 and m = 0..l, positive on the axis or close to it.</summary>
    /// <param name="azimuthal">The quantum number l.</param>
    /// <param name="magnetic">The quantum number m.</param>
    /// <param name="cosine">The cosine of the angle.</param>
    /// <returns>The value.</returns>
    public static double Evaluate(int azimuthal, int magnetic, double cosine)
    {
        var place = (azimuthal * (azimuthal + 1) / 2) + magnetic;
        var square = Math.Max(1 - (cosine * cosine), 0);
        return Norms[place] * place switch
        {
            0 => 1,
            1 => cosine,
            2 => Math.Sqrt(square),
            3 => ((3 * cosine * cosine) - 1) / 2,
            4 => cosine * Math.Sqrt(square),
            5 => square,
            6 => ((5 * cosine * cosine) - 3) * cosine / 2,
            7 => Math.Sqrt(square) * ((5 * cosine * cosine) - 1),
            8 => square * cosine,
            9 => square * Math.Sqrt(square),
            _ => throw new ArgumentOutOfRangeException(nameof(azimuthal), azimuthal, "Shells go from s to f."),
        };
    }
}
