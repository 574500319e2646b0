using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// Size and shape of the cell: its volume, the logarithms of the lengths of its vectors, and the cosines of its angles, from
/// which the lattice can be rebuilt up to a rotation.
/// </summary>
public sealed class CellShape
{
    private readonly ConstantReference _cycleForward;
    private readonly ConstantReference _cycleBackward;

    /// <summary>Declares the tables.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    public CellShape(ParameterLayout layout, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _cycleForward = layout.AddConstant($"{name}.cycle_forward", [0, 1, 0, 0, 0, 1, 1, 0, 0], 3, 3);
        _cycleBackward = layout.AddConstant($"{name}.cycle_backward", [0, 0, 1, 1, 0, 0, 0, 1, 0], 3, 3);
    }

    /// <summary>Gets the number of values that <see cref="Shape"/> gives.</summary>
    public static int Width => 6;

    /// <summary>Computes |a · (b × c)|; the cross product as cyclic permutations of the components.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Å³, shape (crystals, 1).</returns>
    public TensorValue Volume(TensorOperations operations)
    {
        (TensorValue a, TensorValue b, TensorValue c) = Vectors(operations);
        TensorValue forward = operations.Constant(_cycleForward), backward = operations.Constant(_cycleBackward);
        TensorValue cross = operations.Linear(b, forward, null) * operations.Linear(c, backward, null)
            - operations.Linear(b, backward, null) * operations.Linear(c, forward, null); // (crystals, 3)
        TensorValue signed = operations.SumColumns(a * cross); // negative for a left-handed basis
        return operations.SquareRoot(signed * signed);
    }

    /// <summary>Computes the logarithms of the lengths relative to the mean distance of atoms, and the cosines of α, β and γ.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="logVolumePerAtom">log Å³, shape (crystals, 1).</param>
    /// <returns>Shape (crystals, 6).</returns>
    public static TensorValue Shape(TensorOperations operations, TensorValue logVolumePerAtom)
    {
        ArgumentNullException.ThrowIfNull(operations);
        (TensorValue a, TensorValue b, TensorValue c) = Vectors(operations);
        TensorValue lengthA = Length(a), lengthB = Length(b), lengthC = Length(c);
        TensorValue logarithms = operations.Logarithm(operations.Concatenate(lengthA, lengthB, lengthC)) - logVolumePerAtom * (1.0 / 3);
        return operations.Concatenate(
            logarithms,
            operations.SumColumns(b * c) / (lengthB * lengthC),
            operations.SumColumns(c * a) / (lengthC * lengthA),
            operations.SumColumns(a * b) / (lengthA * lengthB));

        TensorValue Length(TensorValue vector) => operations.SquareRoot(operations.SumColumns(vector * vector));
    }

    private static (TensorValue A, TensorValue B, TensorValue C) Vectors(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue lattices = operations.Input(ModelInput.Lattices); // (crystals, 3, 3)
        return (operations.MatrixRow(lattices, 0), operations.MatrixRow(lattices, 1), operations.MatrixRow(lattices, 2));
    }
}
