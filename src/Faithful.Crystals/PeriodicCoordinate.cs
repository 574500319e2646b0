namespace Faithful.Crystals;

/// <summary>Fractional coordinates taken modulo 1.</summary>
internal static class PeriodicCoordinate
{
    /// <summary>Takes a fraction into [0, 1). A tiny negative one, whose remainder would round to 1, becomes 0.</summary>
    public static double Wrap(double fraction)
    {
        var wrapped = fraction - Math.Floor(fraction);
        return wrapped < 1 ? wrapped : 0;
    }

    public static Vector3D Wrap(Vector3D fractions) => new(Wrap(fractions.X), Wrap(fractions.Y), Wrap(fractions.Z));

    /// <summary>Takes a fraction into [0, 1) and says how many cells it was moved: <c>fraction = wrapped + cells</c>.</summary>
    public static double Wrap(double fraction, out int cells)
    {
        var floor = Math.Floor(fraction);
        var wrapped = fraction - floor;
        cells = (int)floor;
        if (wrapped < 1)
        {
            return wrapped;
        }

        cells++;
        return 0;
    }
}
