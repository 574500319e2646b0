using System.Collections.Immutable;

namespace Faithful.Crystals.Symmetry;

/// <summary>An operation of a space group on fractional coordinates: x′ = rotation · x + translation. Immutable.</summary>
public sealed class SymmetryOperation
{
    internal SymmetryOperation(ImmutableArray<int> rotation, Vector3D translation)
    {
        Rotation = rotation;
        Translation = translation;
    }

    /// <summary>Gets the rotation (proper or not): nine whole numbers, row by row, to be applied to a column of fractions.</summary>
    public ImmutableArray<int> Rotation { get; }

    /// <summary>Gets the translation in fractions of the basis vectors, in [0, 1); a multiple of 1/24.</summary>
    public Vector3D Translation { get; }

    /// <summary>Gets a value indicating whether the operation is a translation only (the identity included).</summary>
    public bool IsTranslation => Rotation is [1, 0, 0, 0, 1, 0, 0, 0, 1];

    /// <summary>Turns a difference of two positions; translations have no effect on it.</summary>
    /// <param name="difference">A vector in fractions of the basis vectors.</param>
    /// <returns>The vector after the operation.</returns>
    public Vector3D Rotate(Vector3D difference) => new(
        (Rotation[0] * difference.X) + (Rotation[1] * difference.Y) + (Rotation[2] * difference.Z),
        (Rotation[3] * difference.X) + (Rotation[4] * difference.Y) + (Rotation[5] * difference.Z),
        (Rotation[6] * difference.X) + (Rotation[7] * difference.Y) + (Rotation[8] * difference.Z));

    /// <summary>Moves a position.</summary>
    /// <param name="position">Fractions of the basis vectors.</param>
    /// <returns>The position after the operation, not wrapped.</returns>
    public Vector3D Apply(Vector3D position) => Rotate(position) + Translation;
}
