namespace Faithful.Crystals.Formats;

/// <summary>Says when atoms of a crystal are closer than any real ones: disordered sites, or a mistake in the file.</summary>
internal static class CloseAtomWarning
{
    /// <summary>Two thirds of the shortest bond there is (H–H, 0.74 Å), in Å.</summary>
    private const double Distance = 0.5;

    /// <summary>Gets the warning of a crystal.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>A sentence, or null.</returns>
    public static string? Of(Crystal crystal)
    {
        var pair = crystal.FindCloseAtoms(Distance);
        return pair is var (first, second, distance)
            ? FormattableString.Invariant(
                $"Atoms {first + 1} and {second + 1} are only {distance:0.000} Å apart: disordered sites, or a mistake.")
            : null;
    }
}
