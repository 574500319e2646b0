using System.Globalization;

namespace Faithful.Crystals;

/// <summary>A vector of three double-precision components; the unit (Å or fractions of a lattice) is the caller's.</summary>
/// <param name="X">The first component.</param>
/// <param name="Y">The second component.</param>
/// <param name="Z">The third component.</param>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>Gets the vector (0, 0, 0).</summary>
    public static Vector3D Zero => default;

    /// <summary>Gets the Euclidean length, in the unit of the components.</summary>
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>Gets the square of <see cref="Length"/>.</summary>
    public double LengthSquared => Dot(this);

    /// <summary>Gets a value indicating whether all three components are finite numbers.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>Gets a component by its index.</summary>
    /// <param name="index">0, 1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not 0, 1 or 2.</exception>
    public double this[int index] => index switch
    {
        0 => X,
        1 => Y,
        2 => Z,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A vector has the components 0, 1 and 2."),
    };

    /// <summary>Adds two vectors.</summary>
    /// <param name="left">The first summand.</param>
    /// <param name="right">The second summand.</param>
    public static Vector3D operator +(Vector3D left, Vector3D right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    /// <summary>Subtracts a vector from another one.</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend.</param>
    public static Vector3D operator -(Vector3D left, Vector3D right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    /// <summary>Turns a vector round.</summary>
    /// <param name="vector">The vector.</param>
    public static Vector3D operator -(Vector3D vector) => new(-vector.X, -vector.Y, -vector.Z);

    /// <summary>Multiplies a vector by a number.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="factor">The number.</param>
    public static Vector3D operator *(Vector3D vector, double factor) => new(vector.X * factor, vector.Y * factor, vector.Z * factor);

    /// <summary>Multiplies a vector by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <param name="vector">The vector.</param>
    public static Vector3D operator *(double factor, Vector3D vector) => vector * factor;

    /// <summary>Divides a vector by a number.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="divisor">The number.</param>
    public static Vector3D operator /(Vector3D vector, double divisor) => new(vector.X / divisor, vector.Y / divisor, vector.Z / divisor);

    /// <summary>Gets the scalar product with another vector.</summary>
    /// <param name="other">The other vector.</param>
    /// <returns>The sum of the products of the components.</returns>
    public double Dot(Vector3D other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>Gets the vector product with another vector (right-hand rule).</summary>
    /// <param name="other">The second factor.</param>
    /// <returns>A vector perpendicular to both.</returns>
    public Vector3D Cross(Vector3D other) => new(
        (Y * other.Z) - (Z * other.Y),
        (Z * other.X) - (X * other.Z),
        (X * other.Y) - (Y * other.X));

    /// <summary>Writes the components with all their digits, independent of the culture.</summary>
    /// <returns>For example <c>(0, 0.5, 0.5)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X:R}, {Y:R}, {Z:R})");
}
