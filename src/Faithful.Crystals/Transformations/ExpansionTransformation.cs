namespace Faithful.Crystals.Transformations;

/// <summary>Expands crystals evenly, down to their atoms and up to free ones.</summary>
public static class ExpansionTransformation
{
    private const string Name = "expansion";

    /// <summary>
    /// Multiplies every distance between atoms by r: the crystal C becomes r C. The basis vectors grow, the fractions stay.
    /// </summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="factor">r, positive; less than 1 compresses.</param>
    /// <returns>The expanded crystal, with the symmetry of the given one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not positive and finite.</exception>
    /// <exception cref="InvalidCrystalException">The basis vectors become too long or too short, or atoms too close.</exception>
    /// <exception cref="TransformationException">Some scalar product of basis vectors is not r² times what it was.</exception>
    public static Crystal Expand(this Crystal crystal, double factor)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (!(factor > 0 && double.IsFinite(factor)))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor of expansion is positive and finite.");
        }

        var before = crystal.Lattice;
        var after = new Lattice(factor * before.A, factor * before.B, factor * before.C);
        PostCondition.Metric(Name, before, after, factor);
        return factor >= 1
            ? Crystal.WithKnownDistances(after, crystal.Species, crystal.FractionalPositions)
            : new Crystal(after, crystal.Species, crystal.FractionalPositions);
    }
}
