namespace Faithful.Crystals.Transformations;

/// <summary>
/// A homogeneous strain ε, symmetric and without unit: Cartesian vectors v become (I + ε) · v. Positive diagonal components stretch.
/// </summary>
/// <param name="XX">The stretch along x.</param>
/// <param name="YY">The stretch along y.</param>
/// <param name="ZZ">The stretch along z.</param>
/// <param name="YZ">The component yz of the tensor: half the shear angle between y and z, radian.</param>
/// <param name="XZ">The component xz of the tensor: half the shear angle.</param>
/// <param name="XY">The component xy of the tensor: half the shear angle.</param>
public readonly record struct StrainTensor(double XX, double YY, double ZZ, double YZ, double XZ, double XY)
{
    private const double Tolerance = 1e-12;

    /// <summary>Gets the strain that changes nothing.</summary>
    public static StrainTensor Zero => default;

    /// <summary>Gets the ratio of volumes after and before: the determinant of I + ε.</summary>
    public double VolumeRatio => Row1.Dot(Row2.Cross(Row3));

    internal Vector3D Row1 => new(1 + XX, XY, XZ);

    internal Vector3D Row2 => new(XY, 1 + YY, YZ);

    internal Vector3D Row3 => new(XZ, YZ, 1 + ZZ);

    /// <summary>Creates a strain from its six components in Voigt's order, in which shears count in full: ε4 = 2 ε_yz.</summary>
    /// <param name="components">ε1 to ε6: xx, yy, zz, 2yz, 2xz, 2xy.</param>
    /// <returns>The strain.</returns>
    /// <exception cref="ArgumentException">There are not six components.</exception>
    public static StrainTensor FromVoigt(params ReadOnlySpan<double> components) => components.Length == 6
        ? new(components[0], components[1], components[2], components[3] / 2, components[4] / 2, components[5] / 2)
        : throw new ArgumentException($"A strain has six components in Voigt's notation, not {components.Length}.", nameof(components));

    /// <summary>Creates a strain from its matrix.</summary>
    /// <param name="matrix">ε, shape (3, 3), symmetric to 1e-12: what is not is a rotation besides.</param>
    /// <returns>The strain.</returns>
    /// <exception cref="ArgumentException">The matrix is not 3 × 3 or not symmetric.</exception>
    public static StrainTensor FromMatrix(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.GetLength(0) != 3 || matrix.GetLength(1) != 3)
        {
            var shape = $"{matrix.GetLength(0)} × {matrix.GetLength(1)}";
            throw new ArgumentException($"A strain is a 3 × 3 matrix, not {shape}.", nameof(matrix));
        }

        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < row; column++)
            {
                if (!(Math.Abs(matrix[row, column] - matrix[column, row]) <= Tolerance))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant(
                            $"A strain is symmetric; found {matrix[row, column]:R} and {matrix[column, row]:R} on the two sides of the diagonal."),
                        nameof(matrix));
                }
            }
        }

        return new(matrix[0, 0], matrix[1, 1], matrix[2, 2], matrix[1, 2], matrix[0, 2], matrix[0, 1]);
    }

    internal Vector3D Apply(Vector3D vector) => new(Row1.Dot(vector), Row2.Dot(vector), Row3.Dot(vector));
}
