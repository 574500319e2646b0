namespace Faithful.Crystals.Tests.Formats;

/// <summary>How closely a crystal can be the same after its positions went through Cartesian coordinates.</summary>
internal static class RoundTrips
{
    /// <summary>
    /// By how much a lattice magnifies the rounding of Cartesian coordinates when they become fractions again: the largest edge
    /// over the smallest distance of lattice planes, 1 for a cube, times the largest fraction that occurs (3).
    /// </summary>
    public static double Conditioning(Lattice lattice)
    {
        var (lengths, planes) = (lattice.Lengths, lattice.PlaneSpacings);
        return 3 * Math.Max(lengths.X, Math.Max(lengths.Y, lengths.Z)) / Math.Min(planes.X, Math.Min(planes.Y, planes.Z));
    }
}
