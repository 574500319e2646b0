namespace Faithful.Crystals.Transformations;

/// <summary>A rotation of space: Cartesian column vectors v become R · v.</summary>
public readonly record struct Rotation
{
    private const double Tolerance = 1e-9;

    /// <summary>Initializes a new instance of the <see cref="Rotation"/> struct from the rows of its matrix.</summary>
    /// <param name="row1">The first row of R.</param>
    /// <param name="row2">The second row of R.</param>
    /// <param name="row3">The third row of R.</param>
    /// <exception cref="ArgumentException">The rows are not orthonormal (to 1e-9), or the matrix is a reflection.</exception>
    public Rotation(Vector3D row1, Vector3D row2, Vector3D row3)
    {
        var deviation = Math.Max(
            Math.Max(Math.Abs(row1.LengthSquared - 1), Math.Max(Math.Abs(row2.LengthSquared - 1), Math.Abs(row3.LengthSquared - 1))),
            Math.Max(Math.Abs(row1.Dot(row2)), Math.Max(Math.Abs(row1.Dot(row3)), Math.Abs(row2.Dot(row3)))));
        if (!(deviation < Tolerance && row1.Dot(row2.Cross(row3)) > 0))
        {
            throw new ArgumentException(
                $"The rows of a rotation are orthonormal and right-handed; found {row1}, {row2}, {row3}.", nameof(row1));
        }

        Row1 = row1;
        Row2 = row2;
        Row3 = row3;
    }

    /// <summary>Gets the rotation by no angle.</summary>
    public static Rotation Identity => new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));

    /// <summary>Gets the first row of R.</summary>
    public Vector3D Row1 { get; }

    /// <summary>Gets the second row of R.</summary>
    public Vector3D Row2 { get; }

    /// <summary>Gets the third row of R.</summary>
    public Vector3D Row3 { get; }

    /// <summary>Creates a rotation from a quaternion w + xi + yj + zk of any length but zero.</summary>
    /// <param name="w">The real part.</param>
    /// <param name="x">The first imaginary part.</param>
    /// <param name="y">The second imaginary part.</param>
    /// <param name="z">The third imaginary part.</param>
    /// <returns>The rotation.</returns>
    /// <exception cref="ArgumentException">The quaternion is zero or not finite.</exception>
    public static Rotation FromQuaternion(double w, double x, double y, double z)
    {
        var length = Math.Sqrt((w * w) + (x * x) + (y * y) + (z * z));
        if (!(length > 0 && double.IsFinite(length)))
        {
            throw new ArgumentException("A quaternion that rotates has a positive, finite length.", nameof(w));
        }

        (w, x, y, z) = (w / length, x / length, y / length, z / length);
        return new(
            new(1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (z * w)), 2 * ((x * z) + (y * w))),
            new(2 * ((x * y) + (z * w)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (x * w))),
            new(2 * ((x * z) - (y * w)), 2 * ((y * z) + (x * w)), 1 - (2 * ((x * x) + (y * y)))));
    }

    /// <summary>Rotates a vector.</summary>
    /// <param name="vector">A Cartesian vector.</param>
    /// <returns>R · v.</returns>
    public Vector3D Apply(Vector3D vector) => new(Row1.Dot(vector), Row2.Dot(vector), Row3.Dot(vector));
}
