using System.Numerics;

namespace Faithful.Crystals.Bands;

/// <summary>A symmetry operation of a crystal as it acts on atoms, orbitals, spins and momenta.</summary>
internal sealed class BandOperation
{
    /// <summary>Initializes a new instance of the <see cref="BandOperation"/> class.</summary>
    /// <param name="basis">The basis of the cell, rows are vectors; shape (3, 3).</param>
    /// <param name="rotation">The matrix for columns of fractions; shape (3, 3).</param>
    /// <param name="translation">The translation in fractions.</param>
    /// <param name="images">The atom on which each atom falls; shape (atoms).</param>
    /// <param name="positions">The atoms in fractions; shape (atoms, 3).</param>
    public BandOperation(ReadOnlySpan<double> basis, ReadOnlySpan<int> rotation, Vector3D translation, ReadOnlySpan<int> images, ReadOnlySpan<double> positions)
    {
        Rotation = rotation.ToArray();
        Translation = translation;
        Images = images.ToArray();
        Determinant = (int)IntegerMatrix.Determinant(rotation);
        Reciprocal = InverseTransposed(rotation, Determinant);
        Shifts = new int[positions.Length];
        for (var atom = 0; atom < images.Length; atom++)
        {
            var image = images[atom];
            for (var axis = 0; axis < 3; axis++)
            {
                var moved = (rotation[3 * axis] * positions[3 * atom]) + (rotation[(3 * axis) + 1] * positions[(3 * atom) + 1])
                    + (rotation[(3 * axis) + 2] * positions[(3 * atom) + 2]) + translation[axis];
                Shifts[(3 * atom) + axis] = (int)Math.Round(moved - positions[(3 * image) + axis]);
            }
        }

        var cartesian = Cartesian(basis, rotation);
        Harmonics = new double[RealHarmonics.LargestAzimuthal + 1][];
        for (var l = 0; l < Harmonics.Length; l++)
        {
            Harmonics[l] = new double[((2 * l) + 1) * ((2 * l) + 1)];
            RealHarmonics.Rotate(l, cartesian, Harmonics[l]);
        }

        (SpinUp, SpinDown) = Spin(cartesian, Determinant);
        (Order, Screw) = Intrinsic();
    }

    /// <summary>Gets the matrix for columns of fractions; shape (3, 3).</summary>
    public int[] Rotation { get; }

    /// <summary>Gets the matrix for columns of reciprocal components: the inverse of <see cref="Rotation"/>, transposed; shape (3, 3).</summary>
    public int[] Reciprocal { get; }

    /// <summary>Gets the determinant of the matrices, 1 or −1.</summary>
    public int Determinant { get; }

    /// <summary>Gets the translation in fractions.</summary>
    public Vector3D Translation { get; }

    /// <summary>Gets how often the matrix must be applied until it is the identity: 1, 2, 3, 4 or 6.</summary>
    public int Order { get; }

    /// <summary>Gets the part of the translation that no choice of origin takes away, in fractions: of a screw or a glide.</summary>
    public Vector3D Screw { get; }

    /// <summary>Gets the atom on which each atom falls; shape (atoms).</summary>
    public int[] Images { get; }

    /// <summary>Gets the lattice vector by which each atom then lies off that atom; shape (atoms, 3).</summary>
    public int[] Shifts { get; }

    /// <summary>Gets how harmonics turn, for l = 0 to 3; shape (4), (2l + 1, 2l + 1).</summary>
    public double[][] Harmonics { get; }

    /// <summary>Gets the element (↑, ↑) of the matrix in SU(2) of the proper part; the element (↓, ↓) is its conjugate.</summary>
    public Complex SpinUp { get; }

    /// <summary>Gets the element (↓, ↑) of that matrix; the element (↑, ↓) is its negative conjugate.</summary>
    public Complex SpinDown { get; }

    /// <summary>Gets a value indicating whether the matrix is the identity or the inversion, which have no axis.</summary>
    public bool HasNoAxis => Rotation is [1, 0, 0, 0, 1, 0, 0, 0, 1] or [-1, 0, 0, 0, -1, 0, 0, 0, -1];

    /// <summary>Gets a value indicating whether this is an inversion.</summary>
    public bool IsInversion => Rotation is [-1, 0, 0, 0, -1, 0, 0, 0, -1];

    /// <summary>Moves a position.</summary>
    /// <param name="position">Fractions.</param>
    /// <returns>The position after the operation.</returns>
    public Vector3D Apply(Vector3D position) => Times(Rotation, position) + Translation;

    /// <summary>Multiplies a matrix of whole numbers with a column.</summary>
    internal static Vector3D Times(ReadOnlySpan<int> m, Vector3D v) => new(
        (m[0] * v.X) + (m[1] * v.Y) + (m[2] * v.Z),
        (m[3] * v.X) + (m[4] * v.Y) + (m[5] * v.Z),
        (m[6] * v.X) + (m[7] * v.Y) + (m[8] * v.Z));

    private static int[] InverseTransposed(ReadOnlySpan<int> m, int determinant) =>
    [
        determinant * ((m[4] * m[8]) - (m[5] * m[7])), determinant * ((m[5] * m[6]) - (m[3] * m[8])), determinant * ((m[3] * m[7]) - (m[4] * m[6])),
        determinant * ((m[2] * m[7]) - (m[1] * m[8])), determinant * ((m[0] * m[8]) - (m[2] * m[6])), determinant * ((m[1] * m[6]) - (m[0] * m[7])),
        determinant * ((m[1] * m[5]) - (m[2] * m[4])), determinant * ((m[2] * m[3]) - (m[0] * m[5])), determinant * ((m[0] * m[4]) - (m[1] * m[3])),
    ];

    // R = Bᵀ W B⁻ᵀ for a basis B of rows; what the cell lacks in exactness is taken away by a step towards the nearest orthogonal matrix.
    private static double[] Cartesian(ReadOnlySpan<double> basis, ReadOnlySpan<int> rotation)
    {
        var lattice = new Lattice(new(basis[0], basis[1], basis[2]), new(basis[3], basis[4], basis[5]), new(basis[6], basis[7], basis[8]));
        var r = new double[9];
        for (var column = 0; column < 3; column++)
        {
            var unit = new Vector3D(column == 0 ? 1 : 0, column == 1 ? 1 : 0, column == 2 ? 1 : 0);
            var image = lattice.ToCartesian(Times(rotation, lattice.ToFractional(unit)));
            (r[column], r[3 + column], r[6 + column]) = (image.X, image.Y, image.Z);
        }

        for (var step = 0; step < 3; step++)
        {
            var corrected = new double[9];
            for (var i = 0; i < 9; i++)
            {
                var (row, column) = (i / 3, i % 3);
                for (var a = 0; a < 3; a++)
                {
                    var product = (r[3 * row] * r[3 * a]) + (r[(3 * row) + 1] * r[(3 * a) + 1]) + (r[(3 * row) + 2] * r[(3 * a) + 2]);
                    corrected[i] += ((row == a ? 1.5 : 0) - (0.5 * product)) * r[(3 * a) + column];
                }
            }

            r = corrected;
        }

        return r;
    }

    private static (Complex Up, Complex Down) Spin(double[] cartesian, int determinant)
    {
        var r = cartesian.Select(element => determinant * element).ToArray(); // inversion leaves spins as they are
        var trace = r[0] + r[4] + r[8];
        var cosine = Math.Sqrt(Math.Max(0, (trace + 1) / 4)); // of half the angle
        Vector3D axis; // times the sine of half the angle
        if (cosine > 0.1)
        {
            axis = new Vector3D(r[7] - r[5], r[2] - r[6], r[3] - r[1]) / (4 * cosine);
        }
        else
        {
            // A half turn: (R + 1)/2 is the projection onto its axis.
            var best = Enumerable.Range(0, 3).MaxBy(i => r[4 * i]);
            var length = Math.Sqrt((r[4 * best] + 1) / 2);
            axis = new Vector3D(r[best] + (best == 0 ? 1 : 0), r[3 + best] + (best == 1 ? 1 : 0), r[6 + best] + (best == 2 ? 1 : 0)) / (2 * length);
        }

        return (new(cosine, -axis.Z), new(axis.Y, -axis.X));
    }

    private (int Order, Vector3D Screw) Intrinsic()
    {
        var order = 1;
        int[] power = [.. Rotation];
        var sum = Translation;
        while (!IntegerMatrix.IsIdentity(power))
        {
            sum = Times(Rotation, sum) + Translation;
            var next = new int[9];
            for (var i = 0; i < 9; i++)
            {
                var (row, column) = (i / 3, i % 3);
                next[i] = (Rotation[3 * row] * power[column]) + (Rotation[(3 * row) + 1] * power[3 + column]) + (Rotation[(3 * row) + 2] * power[6 + column]);
            }

            power = next;
            order++;
        }

        return (order, sum / order);
    }
}
