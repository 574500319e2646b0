namespace Faithful.Crystals.Transformations;

/// <summary>Strains crystals.</summary>
public static class StrainTransformation
{
    /// <summary>Stretches and shears the basis vectors, v to (I + ε) · v; the fractional positions stay as they are.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="strain">ε; I + ε must keep a positive volume.</param>
    /// <returns>The strained crystal, of the same hand.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The strain is not finite or leaves no volume.</exception>
    /// <exception cref="InvalidCrystalException">The strained vectors span too little volume, or atoms become too close.</exception>
    /// <exception cref="TransformationException">The volume is not det(I + ε) times what it was.</exception>
    public static Crystal Strain(this Crystal crystal, StrainTensor strain)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var ratio = strain.VolumeRatio;
        if (!(ratio > 0 && double.IsFinite(ratio)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(strain), strain, FormattableString.Invariant($"A strain leaves a positive volume, not {ratio} times the old one."));
        }

        var before = crystal.Lattice;
        var after = new Lattice(strain.Apply(before.A), strain.Apply(before.B), strain.Apply(before.C));
        PostCondition.Volume("strain", before, after, ratio);
        return new Crystal(after, crystal.Species, crystal.FractionalPositions);
    }

    /// <summary>Stretches and shears the basis vectors, v to (I + ε) · v.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="strain">ε, shape (3, 3), symmetric.</param>
    /// <returns>The strained crystal.</returns>
    /// <exception cref="ArgumentException">The matrix is no strain, or leaves no volume.</exception>
    /// <exception cref="InvalidCrystalException">The strained vectors span too little volume, or atoms become too close.</exception>
    /// <exception cref="TransformationException">The volume is not det(I + ε) times what it was.</exception>
    public static Crystal Strain(this Crystal crystal, double[,] strain) => crystal.Strain(StrainTensor.FromMatrix(strain));
}
