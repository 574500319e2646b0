using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Describes crystals by another basis of the same lattice.</summary>
public static class BasisChangeTransformation
{
    /// <summary>Replaces the basis by M · basis: each new basis vector is an integer combination of the old ones.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="matrix">M, shape (3, 3), row by row the new vectors in terms of the old; determinant 1 or −1.</param>
    /// <returns>The same crystal in another cell of the same volume; nothing is wrapped.</returns>
    /// <exception cref="ArgumentException">The matrix is not 3 × 3 with determinant 1 or −1.</exception>
    /// <exception cref="InvalidCrystalException">The new vectors are too long or too skewed, or the new fractions too large.</exception>
    /// <exception cref="TransformationException">The volume of the cell is not what it was.</exception>
    public static Crystal ChangeBasis(this Crystal crystal, int[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var m = IntegerMatrix.FromRows(matrix);
        var inverse = IntegerMatrix.InvertUnimodular(m);
        var lattice = IntegerMatrix.Multiply(m, crystal.Lattice);
        PostCondition.Volume("change of basis", crystal.Lattice, lattice, 1);
        return Crystal.WithKnownDistances(
            lattice,
            crystal.Species,
            ImmutableArray.CreateRange(crystal.FractionalPositions, position => IntegerMatrix.Multiply(position, inverse)));
    }
}
