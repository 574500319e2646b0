namespace Faithful.Crystals.Transformations;

/// <summary>The promises of transformations, checked on their results in a few dozen operations.</summary>
internal static class PostCondition
{
    /// <summary>Rounding of a few operations, relative to the products of lengths that they are made of.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>Checks that the volume of the cell was multiplied by a factor.</summary>
    public static void Volume(string transformation, Lattice before, Lattice after, double factor)
    {
        // The volume of a skewed cell is a small difference of products that are as large as those of the lengths.
        var scale = (factor * Product(before.Lengths)) + Product(after.Lengths);
        if (!(Math.Abs(after.Volume - (factor * before.Volume)) <= Tolerance * scale))
        {
            throw new TransformationException(
                transformation,
                FormattableString.Invariant($"a cell of {factor * before.Volume:R} Å³"),
                FormattableString.Invariant($"{after.Volume:R} Å³"));
        }
    }

    /// <summary>Checks that every scalar product of basis vectors, and so every square of a distance, was multiplied by factor², and the hand kept.</summary>
    public static void Metric(
        string transformation, Lattice before, Lattice after, double factor, double tolerance = Tolerance)
    {
        var square = factor * factor;
        ReadOnlySpan<Vector3D> old = [before.A, before.B, before.C];
        ReadOnlySpan<Vector3D> now = [after.A, after.B, after.C];
        for (var row = 0; row < 3; row++)
        {
            for (var column = row; column < 3; column++)
            {
                var (expected, found) = (square * old[row].Dot(old[column]), now[row].Dot(now[column]));
                if (!(Math.Abs(found - expected) <= tolerance * square * before.Lengths[row] * before.Lengths[column]))
                {
                    throw new TransformationException(
                        transformation,
                        FormattableString.Invariant($"basis vectors {row + 1} and {column + 1} with the scalar product {expected:R} Å²"),
                        FormattableString.Invariant($"{found:R} Å²"));
                }
            }
        }

        if (before.IsRightHanded != after.IsRightHanded)
        {
            throw new TransformationException(transformation, "a basis of the same hand", "one of the other");
        }
    }

    /// <summary>Checks the number of atoms.</summary>
    public static void Count(string transformation, Crystal crystal, long expected)
    {
        if (crystal.Count != expected)
        {
            throw new TransformationException(
                transformation, FormattableString.Invariant($"{expected} atoms"), FormattableString.Invariant($"{crystal.Count}"));
        }
    }

    private static double Product(Vector3D vector) => vector.X * vector.Y * vector.Z;
}
