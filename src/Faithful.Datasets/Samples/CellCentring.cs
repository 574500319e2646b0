using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets.Samples;

/// <summary>The centring of a conventional cell, and the primitive basis that goes with it.</summary>
internal sealed class CellCentring
{
    // Primitive vectors in units of the conventional ones, and a centring vector that tells the lattice from the others.
    private static readonly ImmutableArray<CellCentring> Centred =
    [
        new(2, new(0.5, 0.5, 0.5), new(-0.5, 0.5, 0.5), new(0.5, -0.5, 0.5), new(0.5, 0.5, -0.5)), // I
        new(2, new(0.5, 0.5, 0), new(0.5, 0.5, 0), new(-0.5, 0.5, 0), new(0, 0, 1)), // C
        new(2, new(0, 0.5, 0.5), new(1, 0, 0), new(0, 0.5, -0.5), new(0, 0.5, 0.5)), // A
        new(3, new(2, 1, 1), new(2, 1, 1), new(-1, 1, 1), new(-1, -2, 1), scale: 3), // R, obverse
        new(4, new(0, 0.5, 0.5), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)), // F
    ];

    private static readonly CellCentring None = new(1, default, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));

    private readonly Vector3D sign;
    private readonly Vector3D a;
    private readonly Vector3D b;
    private readonly Vector3D c;

    private CellCentring(int multiplicity, Vector3D sign, Vector3D a, Vector3D b, Vector3D c, int scale = 1) =>
        (Multiplicity, this.sign, this.a, this.b, this.c) = (multiplicity, sign / scale, a / scale, b / scale, c / scale);

    /// <summary>Gets the number of lattice points in the conventional cell.</summary>
    public int Multiplicity { get; }

    /// <summary>Finds the centring from the operations of a space group.</summary>
    public static CellCentring Of(ImmutableArray<SymmetryOperation> operations)
    {
        var translations = operations.Where(operation => operation.IsTranslation).Select(operation => operation.Translation).ToList();
        return translations.Count == 1
            ? None
            : Centred.Single(centring => centring.Multiplicity == translations.Count
                && translations.Exists(vector => (vector - centring.sign).Length < 1e-9));
    }

    /// <summary>Gets the primitive cell of a conventional one.</summary>
    public Lattice Primitive(Lattice conventional) =>
        new(conventional.ToCartesian(a), conventional.ToCartesian(b), conventional.ToCartesian(c));
}
