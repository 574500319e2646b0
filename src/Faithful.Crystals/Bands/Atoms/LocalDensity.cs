namespace Faithful.Crystals.Bands;

/// <summary>The exchange-correlation potential of the local density approximation without spin.</summary>
/// <remarks>J. P. Perdew and A. Zunger, Phys. Rev. B 23, 5048 (1981), appendix C: the fit to the electron gas of Ceperley and Alder.</remarks>
internal static class LocalDensity
{
    /// <summary>Computes the potential.</summary>
    /// <param name="density">The density of electrons in 1/bohr³.</param>
    /// <returns>The potential in hartree.</returns>
    public static double Potential(double density)
    {
        var root = Math.Cbrt(Math.Max(density, 1e-30));
        var exchange = -0.9847450218426964 * root; // (3/π)^(1/3)
        var radius = 0.6203504908994 / root; // r_s, the radius of a sphere with one electron: (3/4π)^(1/3)
        if (radius >= 1)
        {
            var (linear, square) = (1.0529 * Math.Sqrt(radius), 0.3334 * radius);
            var denominator = 1 + linear + square;
            return exchange + (-0.1423 * (1 + (7.0 / 6 * linear) + (4.0 / 3 * square)) / (denominator * denominator));
        }

        const double A = 0.0311;
        const double B = -0.048;
        const double C = 0.002;
        const double D = -0.0116;
        var logarithm = Math.Log(radius);
        return exchange + (A * logarithm) + (B - (A / 3)) + (2.0 / 3 * C * radius * logarithm) + (((2 * D) - C) / 3 * radius);
    }
}
