namespace Faithful.Crystals.Bands;

/// <summary>A table of radial functions on radii in a geometric series, where linear interpolation needs a logarithm and no search.</summary>
internal static class LogarithmicGrid
{
    /// <summary>The number of radii.</summary>
    public const int Count = 3000;

    /// <summary>The largest radius in bohr; functions are 0 from there on.</summary>
    public const double Largest = 24;

    private const double Smallest = 1e-4;

    private static readonly double Start = Math.Log(Smallest);
    private static readonly double Step = Math.Log(Largest / Smallest) / (Count - 1);

    /// <summary>Samples a function that is known at other radii.</summary>
    /// <param name="radii">The radii in bohr, ascending.</param>
    /// <param name="values">The function there.</param>
    /// <param name="end">The radius beyond which the samples are 0, in bohr.</param>
    /// <returns>The samples; shape (Count).</returns>
    public static double[] Sample(ReadOnlySpan<double> radii, ReadOnlySpan<double> values, double end = Largest)
    {
        var samples = new double[Count];
        var next = 1;
        for (var index = 0; index < Count; index++)
        {
            var radius = Math.Exp(Start + (index * Step));
            if (radius > end * (1 + 1e-12))
            {
                break;
            }

            while (next < radii.Length - 1 && radii[next] < radius)
            {
                next++;
            }

            var fraction = Math.Log(radius / radii[next - 1]) / Math.Log(radii[next] / radii[next - 1]);
            samples[index] = values[next - 1] + (Math.Clamp(fraction, 0, 1) * (values[next] - values[next - 1]));
        }

        return samples;
    }

    /// <summary>Finds the place of a radius in the samples.</summary>
    /// <param name="radius">The radius in bohr.</param>
    /// <returns>The index of the sample before it, or −1 where functions are 0, and the share of the sample after it.</returns>
    public static (int Index, double Share) Locate(double radius)
    {
        if (radius >= Largest)
        {
            return (-1, 0);
        }

        var place = (Math.Log(Math.Max(radius, Smallest)) - Start) / Step;
        var index = Math.Min((int)place, Count - 2);
        return (index, place - index);
    }
}
