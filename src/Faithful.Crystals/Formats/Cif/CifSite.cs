namespace Faithful.Crystals.Formats.Cif;

/// <summary>An atom of the asymmetric unit as the file gives it.</summary>
/// <param name="Label">Its name, for messages.</param>
/// <param name="Element">Its element.</param>
/// <param name="Position">Fractions, as given.</param>
/// <param name="Resolution">The unit of the last digit of the most precise coordinate.</param>
/// <param name="Line">The one-based line.</param>
internal sealed record CifSite(string Label, Element Element, Vector3D Position, double Resolution, int Line)
{
    /// <summary>Gets, for each coordinate, whether it is a sixth written with three or more decimals, without an uncertainty.</summary>
    public (bool X, bool Y, bool Z) IsRoundedSixth { get; init; }

    /// <summary>Gets the number of its images in the cell as the file says it, or 0.</summary>
    public int Multiplicity { get; init; }

    /// <summary>Gets the position with the sixths that the file had to round: 0.333 stands for 1/3.</summary>
    public Vector3D ExactPosition => new(
        IsRoundedSixth.X ? Math.Round(Position.X * 6) / 6 : Position.X,
        IsRoundedSixth.Y ? Math.Round(Position.Y * 6) / 6 : Position.Y,
        IsRoundedSixth.Z ? Math.Round(Position.Z * 6) / 6 : Position.Z);
}
