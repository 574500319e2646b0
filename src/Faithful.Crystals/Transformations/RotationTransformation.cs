namespace Faithful.Crystals.Transformations;

/// <summary>Turns crystals in space.</summary>
public static class RotationTransformation
{
    /// <summary>Rotates the basis vectors; the fractional positions stay as they are.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="rotation">The rotation.</param>
    /// <returns>The same crystal in another orientation.</returns>
    public static Crystal Rotate(this Crystal crystal, Rotation rotation)
    {
        var lattice = crystal.Lattice;
        return Crystal.WithKnownDistances(
            new Lattice(rotation.Apply(lattice.A), rotation.Apply(lattice.B), rotation.Apply(lattice.C)),
            crystal.Species,
            crystal.FractionalPositions);
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
