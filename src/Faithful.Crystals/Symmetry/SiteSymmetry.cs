namespace Faithful.Crystals.Symmetry;

/// <summary>Reads oriented site-symmetry symbols, such as <c>4m.m</c>, as point groups.</summary>
internal static class SiteSymmetry
{
    /// <summary>Gets the point group of an oriented site-symmetry symbol.</summary>
    /// <param name="symbol">A symbol of the International Tables; dots stand for directions without symmetry.</param>
    /// <returns>The number of the point group, 1 to 32, or 0 for text that is no such symbol.</returns>
    public static int PointGroupNumber(string symbol)
    {
        var plain = symbol.Replace(".", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal);
        return SpaceGroups.PointGroupNumberOf(plain switch
        {
            "2mm" or "m2m" => "mm2", // the same groups about another axis
            "-4m2" => "-42m",
            "-62m" => "-6m2",
            _ => plain,
        });
    }
}
