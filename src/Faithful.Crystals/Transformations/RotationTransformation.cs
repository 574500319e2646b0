namespace Faithful.Crystals.Transformations;

/// <summary>Turns crystals in space.</summary>
public static class RotationTransformation
{
    private const double MetricTolerance = 1e-8; // matrices that are orthonormal to 1e-9 are rotations

    /// <summary>Rotates the basis vectors; the fractional positions stay as they are.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="rotation">The rotation.</param>
    /// <returns>The same crystal in another orientation.</returns>
    /// <exception cref="ArgumentException">The rotation is the default of its type, which is none.</exception>
    /// <exception cref="TransformationException">A length or an angle is not what it was.</exception>
    public static Crystal Rotate(this Crystal crystal, Rotation rotation)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (rotation == default)
        {
            throw new ArgumentException("The default of a rotation is no rotation; use Rotation.Identity.", nameof(rotation));
        }

        var before = crystal.Lattice;
        var after = new Lattice(rotation.Apply(before.A), rotation.Apply(before.B), rotation.Apply(before.C));
        PostCondition.Metric("rotation", before, after, 1, MetricTolerance);
        return Crystal.WithKnownDistances(after, crystal.Species, crystal.FractionalPositions);
    }

    /// <summary>Rotates the basis vectors by a matrix R given by its rows (v becomes R · v).</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="row1">The first row of R.</param>
    /// <param name="row2">The second row of R.</param>
    /// <param name="row3">The third row of R.</param>
    /// <returns>The same crystal in another orientation.</returns>
    /// <exception cref="ArgumentException">The matrix is not a rotation.</exception>
    public static Crystal Rotate(this Crystal crystal, Vector3D row1, Vector3D row2, Vector3D row3) =>
        crystal.Rotate(new Rotation(row1, row2, row3));
}
