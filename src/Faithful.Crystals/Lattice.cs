using System.Globalization;

namespace Faithful.Crystals;

/// <summary>
/// The three basis vectors of a crystal, in Å. Rows are vectors: <c>cartesian = fractional · basis</c>. Immutable.
/// </summary>
/// <remarks>
/// Both hands are accepted: the basis need not be right-handed, and <see cref="Volume"/> is positive all the same. The vectors
/// may be as skewed as double precision allows (see <see cref="MinimumRelativeVolume"/>).
/// </remarks>
public sealed class Lattice
{
    /// <summary>The smallest volume that counts as one, as a fraction of the product of the three lengths.</summary>
    public const double MinimumRelativeVolume = 1e-8;

    /// <summary>The longest basis vector, in Å (0.1 mm): longer ones are mistakes, and would cost the fractions their digits.</summary>
    public const double MaximumLength = 1e6;

    /// <summary>The shortest basis vector, in Å.</summary>
    public const double MinimumLength = 0.01;

    private readonly Vector3D reciprocalA;
    private readonly Vector3D reciprocalB;
    private readonly Vector3D reciprocalC;
    private LatticeReduction? reduction;

    /// <summary>Initializes a new instance of the <see cref="Lattice"/> class from its basis vectors.</summary>
    /// <param name="a">The first vector, Å.</param>
    /// <param name="b">The second vector, Å.</param>
    /// <param name="c">The third vector, Å.</param>
    /// <exception cref="InvalidCrystalException">
    /// A component is not finite, a vector is too long or too short, or the volume is zero.
    /// </exception>
    public Lattice(Vector3D a, Vector3D b, Vector3D c)
    {
        A = a;
        B = b;
        C = c;
        Lengths = new(a.Length, b.Length, c.Length);
        for (var axis = 0; axis < 3; axis++)
        {
            if (!(Lengths[axis] <= MaximumLength)) // also true of NaN
            {
                throw new InvalidCrystalException(
                    InvalidCrystalProblem.NumberOutOfRange,
                    string.Create(CultureInfo.InvariantCulture, $"basis vectors of finite numbers, at most {MaximumLength} Å long"),
                    new[] { a, b, c }[axis].ToString());
            }
        }

        var bc = b.Cross(c);
        var determinant = a.Dot(bc);
        Volume = Math.Abs(determinant);
        var isTooShort = Math.Min(Lengths.X, Math.Min(Lengths.Y, Lengths.Z)) < MinimumLength;
        if (isTooShort || !(Volume > MinimumRelativeVolume * Lengths.X * Lengths.Y * Lengths.Z))
        {
            throw new InvalidCrystalException(
                InvalidCrystalProblem.NoVolume,
                "three basis vectors that span a volume",
                string.Create(CultureInfo.InvariantCulture, $"a volume of {Volume:G3} Å³ with vectors {a}, {b}, {c}"));
        }

        IsRightHanded = determinant > 0;
        reciprocalA = bc / determinant;
        reciprocalB = c.Cross(a) / determinant;
        reciprocalC = a.Cross(b) / determinant;
    }

    /// <summary>Gets the first basis vector, Å.</summary>
    public Vector3D A { get; }

    /// <summary>Gets the second basis vector, Å.</summary>
    public Vector3D B { get; }

    /// <summary>Gets the third basis vector, Å.</summary>
    public Vector3D C { get; }

    /// <summary>Gets the lengths of the basis vectors, Å.</summary>
    public Vector3D Lengths { get; }

    /// <summary>Gets the angles α (between b and c), β (a and c) and γ (a and b), in degrees.</summary>
    public Vector3D Angles => new(AngleBetween(B, C), AngleBetween(A, C), AngleBetween(A, B));

    /// <summary>Gets the volume of the cell, Å³; positive whatever the hand of the basis.</summary>
    public double Volume { get; }

    /// <summary>Gets a value indicating whether a, b and c are right-handed in this order.</summary>
    public bool IsRightHanded { get; }

    /// <summary>Gets the distances between neighbouring lattice planes (100), (010) and (001), Å.</summary>
    public Vector3D PlaneSpacings => new(1 / reciprocalA.Length, 1 / reciprocalB.Length, 1 / reciprocalC.Length);

    /// <summary>Gets the shortest vectors that span the same lattice; found at the first use.</summary>
    internal LatticeReduction Reduction => reduction ??= LatticeReduction.Of(this);

    /// <summary>Creates a lattice from cell parameters: a along x, b in the xy plane with y &gt; 0, c with z &gt; 0.</summary>
    /// <param name="a">The length of the first vector, Å, positive.</param>
    /// <param name="b">The length of the second vector, Å, positive.</param>
    /// <param name="c">The length of the third vector, Å, positive.</param>
    /// <param name="alpha">The angle between b and c, degrees, in (0, 180).</param>
    /// <param name="beta">The angle between a and c, degrees, in (0, 180).</param>
    /// <param name="gamma">The angle between a and b, degrees, in (0, 180).</param>
    /// <returns>The lattice. Angles of 60, 90 and 120 degrees come out exact.</returns>
    /// <exception cref="InvalidCrystalException">A parameter is out of range, or the three angles do not close a cell.</exception>
    public static Lattice FromParameters(double a, double b, double c, double alpha, double beta, double gamma)
    {
        if (!(IsLength(a) && IsLength(b) && IsLength(c)))
        {
            throw new InvalidCrystalException(
                InvalidCrystalProblem.NumberOutOfRange,
                string.Create(CultureInfo.InvariantCulture, $"cell lengths from {MinimumLength} to {MaximumLength} Å"),
                string.Create(CultureInfo.InvariantCulture, $"{a}, {b}, {c}"));
        }

        var (cosAlpha, cosBeta, cosGamma) = (Cosine(alpha), Cosine(beta), Cosine(gamma));
        var sinGamma = Math.Sqrt(1 - (cosGamma * cosGamma));
        var tilt = (cosAlpha - (cosBeta * cosGamma)) / sinGamma;
        var height = 1 - (cosBeta * cosBeta) - (tilt * tilt); // square of the z component of c / |c|
        if (!(alpha is > 0 and < 180 && beta is > 0 and < 180 && gamma is > 0 and < 180) || !(height > 0))
        {
            throw new InvalidCrystalException(
                InvalidCrystalProblem.ImpossibleAngles,
                "cell angles between 0 and 180 degrees that close a cell",
                string.Create(CultureInfo.InvariantCulture, $"{alpha}, {beta}, {gamma}"));
        }

        return new Lattice(
            new(a, 0, 0),
            new(b * cosGamma, b * sinGamma, 0),
            new(c * cosBeta, c * tilt, c * Math.Sqrt(height)));
    }

    /// <summary>Creates a cubic lattice.</summary>
    /// <param name="a">The edge of the cube, Å, positive.</param>
    /// <returns>The lattice.</returns>
    /// <exception cref="InvalidCrystalException">The length is out of range.</exception>
    public static Lattice Cubic(double a) => Orthorhombic(a, a, a);

    /// <summary>Creates a tetragonal lattice.</summary>
    /// <param name="a">The length of a and b, Å, positive.</param>
    /// <param name="c">The length of c, Å, positive.</param>
    /// <returns>The lattice.</returns>
    /// <exception cref="InvalidCrystalException">A length is out of range.</exception>
    public static Lattice Tetragonal(double a, double c) => Orthorhombic(a, a, c);

    /// <summary>Creates an orthorhombic lattice.</summary>
    /// <param name="a">The length of a, Å, positive.</param>
    /// <param name="b">The length of b, Å, positive.</param>
    /// <param name="c">The length of c, Å, positive.</param>
    /// <returns>The lattice.</returns>
    /// <exception cref="InvalidCrystalException">A length is out of range.</exception>
    public static Lattice Orthorhombic(double a, double b, double c) => FromParameters(a, b, c, 90, 90, 90);

    /// <summary>Creates a hexagonal lattice (γ = 120°).</summary>
    /// <param name="a">The length of a and b, Å, positive.</param>
    /// <param name="c">The length of c, Å, positive.</param>
    /// <returns>The lattice.</returns>
    /// <exception cref="InvalidCrystalException">A length is out of range.</exception>
    public static Lattice Hexagonal(double a, double c) => FromParameters(a, a, c, 90, 90, 120);

    /// <summary>Creates a rhombohedral lattice.</summary>
    /// <param name="a">The length of a, b and c, Å, positive.</param>
    /// <param name="alpha">The angle between any two of them, degrees, in (0, 120).</param>
    /// <returns>The lattice.</returns>
    /// <exception cref="InvalidCrystalException">A parameter is out of range.</exception>
    public static Lattice Rhombohedral(double a, double alpha) => FromParameters(a, a, a, alpha, alpha, alpha);

    /// <summary>Turns fractional coordinates into Cartesian ones.</summary>
    /// <param name="fractional">Fractions of a, b and c.</param>
    /// <returns>The Cartesian vector, Å.</returns>
    public Vector3D ToCartesian(Vector3D fractional) => new(
        (fractional.X * A.X) + (fractional.Y * B.X) + (fractional.Z * C.X),
        (fractional.X * A.Y) + (fractional.Y * B.Y) + (fractional.Z * C.Y),
        (fractional.X * A.Z) + (fractional.Y * B.Z) + (fractional.Z * C.Z));

    /// <summary>Turns Cartesian coordinates into fractional ones.</summary>
    /// <param name="cartesian">The Cartesian vector, Å.</param>
    /// <returns>Fractions of a, b and c.</returns>
    public Vector3D ToFractional(Vector3D cartesian) =>
        new(cartesian.Dot(reciprocalA), cartesian.Dot(reciprocalB), cartesian.Dot(reciprocalC));

    /// <summary>Writes the six cell parameters.</summary>
    /// <returns>For example <c>5.43 5.43 5.43 Å, 90 90 90°</c>.</returns>
    public override string ToString()
    {
        var angles = Angles;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Lengths.X:0.####} {Lengths.Y:0.####} {Lengths.Z:0.####} Å, {angles.X:0.###} {angles.Y:0.###} {angles.Z:0.###}°");
    }

    private static bool IsLength(double length) => length is >= MinimumLength and <= MaximumLength;

    // atan2 keeps its digits near 0 and 180 degrees, where the arc cosine loses half of them.
    private static double AngleBetween(Vector3D u, Vector3D v) => Math.Atan2(u.Cross(v).Length, u.Dot(v)) * (180 / Math.PI);

    // The angles of the common lattices have cosines that floating point can hold, but Math.Cos does not return.
    private static double Cosine(double degrees) => degrees switch
    {
        60 => 0.5,
        90 => 0,
        120 => -0.5,
        _ => Math.Cos(degrees * (Math.PI / 180)),
    };
}
